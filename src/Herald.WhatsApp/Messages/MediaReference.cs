namespace Herald.WhatsApp.Messages;

/// <summary>Media by Meta's id or by a public link; exactly one of the two is set.</summary>
public sealed record MediaReference
{
    private MediaReference(MediaKind kind, string? id, string? link, string? fileName)
    {
        Kind = kind;
        Id = id;
        Link = link;
        FileName = fileName;
    }

    /// <summary>What kind of media it is.</summary>
    public MediaKind Kind { get; }

    /// <summary>Id of media uploaded with the same phone number, or null.</summary>
    public string? Id { get; }

    /// <summary>Public https address that Meta fetches, or null.</summary>
    public string? Link { get; }

    /// <summary>Name shown for a document, or null.</summary>
    public string? FileName { get; }

    /// <summary>Media that was uploaded before.</summary>
    /// <param name="kind">The kind of media.</param>
    /// <param name="id">Meta's media id, not empty.</param>
    /// <param name="fileName">Name shown for a document, or null.</param>
    /// <returns>The reference.</returns>
    public static MediaReference ById(MediaKind kind, string id, string? fileName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new MediaReference(kind, id, null, fileName);
    }

    /// <summary>Media that Meta fetches from a public address.</summary>
    /// <param name="kind">The kind of media.</param>
    /// <param name="link">The address, not empty.</param>
    /// <param name="fileName">Name shown for a document, or null.</param>
    /// <returns>The reference.</returns>
    public static MediaReference ByLink(MediaKind kind, string link, string? fileName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(link);
        return new MediaReference(kind, null, link, fileName);
    }

    /// <summary>The kind only; a link may carry personal data.</summary>
    /// <returns>The kind.</returns>
    public override string ToString() => Kind.ToString();
}
