namespace Herald.WhatsApp.Messages;

/// <summary>The header of an interactive message: a text or media, exactly one of the two.</summary>
public sealed record InteractiveHeader
{
    private InteractiveHeader(string? text, MediaReference? media)
    {
        Text = text;
        Media = media;
    }

    /// <summary>At most 60 code points, or null if the header is media.</summary>
    public string? Text { get; }

    /// <summary>The media, or null if the header is a text.</summary>
    public MediaReference? Media { get; }

    /// <summary>A header of text.</summary>
    /// <param name="text">1 to 60 code points.</param>
    /// <returns>The header.</returns>
    public static InteractiveHeader OfText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new InteractiveHeader(text, null);
    }

    /// <summary>A header of media.</summary>
    /// <param name="media">The media.</param>
    /// <returns>The header.</returns>
    public static InteractiveHeader OfMedia(MediaReference media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return new InteractiveHeader(null, media);
    }

    /// <summary>The kind only.</summary>
    /// <returns>A word without the text.</returns>
    public override string ToString() => Media is null ? "Text" : Media.ToString();
}
