namespace Herald.WhatsApp.Messages;

/// <summary>A text with one to three reply buttons.</summary>
/// <param name="Body">1 to 1024 code points.</param>
/// <param name="Buttons">1 to 3 buttons.</param>
public sealed record ButtonsContent(string Body, IReadOnlyList<ReplyButton> Buttons) : MessageContent
{
    /// <summary>What stands above the body, or null.</summary>
    public InteractiveHeader? Header { get; init; }

    /// <summary>The small line below the body, at most 60 code points, or null.</summary>
    public string? Footer { get; init; }

    /// <inheritdoc/>
    public bool Equals(ButtonsContent? other) =>
        other is not null && Body == other.Body && Footer == other.Footer && Header == other.Header && Buttons.SequenceEqual(other.Buttons);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Body, Footer, Header, Buttons.Count);
}
