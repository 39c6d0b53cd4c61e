namespace Herald.WhatsApp.Messages;

/// <summary>One row a person can choose.</summary>
/// <param name="Id">Comes back in the webhook; 1 to 200 code points, unique in the message.</param>
/// <param name="Title">1 to 24 code points.</param>
public sealed record ListRow(string Id, string Title)
{
    /// <summary>A second line, at most 72 code points, or null.</summary>
    public string? Description { get; init; }
}
