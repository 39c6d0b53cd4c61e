namespace Herald.WhatsApp.Messages;

/// <summary>Kinds of media a header can show.</summary>
public enum MediaKind
{
    /// <summary>JPEG or PNG, at most 5 MB.</summary>
    Image,

    /// <summary>MP4 or 3GPP, at most 16 MB.</summary>
    Video,

    /// <summary>Any document, at most 100 MB.</summary>
    Document,
}
