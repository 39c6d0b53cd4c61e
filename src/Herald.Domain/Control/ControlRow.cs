namespace Herald.Domain.Control;

/// <summary>A row of a list.</summary>
/// <param name="Id">What comes back when it is tapped; at most 200 characters, unique in its list.</param>
/// <param name="Title">At most 24 code points.</param>
/// <param name="Description">At most 72 code points; may be empty.</param>
public sealed record ControlRow(string Id, string Title, string Description);
