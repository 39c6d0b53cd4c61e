namespace Herald.WhatsApp.Messages;

/// <summary>A text with one button that opens a web address.</summary>
/// <param name="Body">1 to 1024 code points.</param>
/// <param name="DisplayText">Label of the button; 1 to 20 code points.</param>
/// <param name="Url">An absolute http or https address, at most 2000 characters.</param>
public sealed record CtaUrlContent(string Body, string DisplayText, string Url) : MessageContent
{
    /// <summary>What stands above the body, or null.</summary>
    public InteractiveHeader? Header { get; init; }

    /// <summary>The small line below the body, at most 60 code points, or null.</summary>
    public string? Footer { get; init; }
}
