namespace Herald.Simulator;

/// <summary>A row of a list message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">The line below; null without one.</param>
/// <param name="Section">Title of its section; null without one.</param>
public sealed record PhoneRow(string Id, string Title, string? Description, string? Section);
