namespace Herald.Domain.Control;

/// <summary>A button of a reply.</summary>
/// <param name="Id">What comes back when it is tapped.</param>
/// <param name="Title">At most 20 code points, unique in its reply.</param>
public sealed record ControlButton(string Id, string Title);
