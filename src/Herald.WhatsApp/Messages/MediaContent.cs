namespace Herald.WhatsApp.Messages;

/// <summary>A picture, a video, a sound, a document or a sticker.</summary>
/// <param name="Media">What is shown.</param>
public sealed record MediaContent(MediaReference Media) : MessageContent
{
    /// <summary>The text below it, 1 to 1024 code points, or null. Images, videos and documents only.</summary>
    public string? Caption { get; init; }

    /// <summary>Whether a sound is shown as a voice message. Default false; audio only.</summary>
    public bool IsVoice { get; init; }
}
