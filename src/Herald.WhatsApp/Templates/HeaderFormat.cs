namespace Herald.WhatsApp.Templates;

/// <summary>What a template's header shows.</summary>
public enum HeaderFormat
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A picture, given with each send.</summary>
    Image,

    /// <summary>A video, given with each send.</summary>
    Video,

    /// <summary>A document, given with each send.</summary>
    Document,

    /// <summary>Something that Herald keeps but does not send, such as a location or a product.</summary>
    Other,
}
