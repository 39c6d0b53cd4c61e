namespace Herald.WhatsApp.Messages;

/// <summary>A plain text.</summary>
/// <param name="Body">1 to 4096 code points.</param>
public sealed record TextContent(string Body) : MessageContent
{
    /// <summary>Whether the first link of the body is shown with a preview. Default false.</summary>
    public bool PreviewUrl { get; init; }
}
