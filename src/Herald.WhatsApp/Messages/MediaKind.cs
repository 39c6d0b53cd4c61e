namespace Herald.WhatsApp.Messages;

/// <summary>Kinds of media. A header shows the first three only.</summary>
public enum MediaKind
{
    /// <summary>JPEG or PNG, at most 5 MB.</summary>
    Image,

    /// <summary>MP4 or 3GPP, at most 16 MB.</summary>
    Video,

    /// <summary>Any document, at most 100 MB.</summary>
    Document,

    /// <summary>AAC, AMR, MP3, MP4 audio or OGG with OPUS, at most 16 MB.</summary>
    Audio,

    /// <summary>WebP, at most 100 KB, or 500 KB if it moves.</summary>
    Sticker,
}
