namespace Herald.WhatsApp.Messages;

/// <summary>A text with a button that opens a list to choose one row from.</summary>
/// <param name="Body">1 to 1024 code points.</param>
/// <param name="Button">Label of the button that opens the list; 1 to 20 code points.</param>
/// <param name="Sections">1 to 10 sections with 1 to 10 rows in all.</param>
public sealed record ListContent(string Body, string Button, IReadOnlyList<ListSection> Sections) : MessageContent
{
    /// <summary>What stands above the body, or null. A list takes a text header only.</summary>
    public InteractiveHeader? Header { get; init; }

    /// <summary>The small line below the body, at most 60 code points, or null.</summary>
    public string? Footer { get; init; }

    /// <inheritdoc/>
    public bool Equals(ListContent? other) =>
        other is not null && Body == other.Body && Button == other.Button && Footer == other.Footer && Header == other.Header
        && Sections.SequenceEqual(other.Sections);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Body, Button, Footer, Header, Sections.Count);
}
