namespace Herald.WhatsApp.Messages;

/// <summary>A template with its values. The only content that may be sent when the person did not write within 24 hours.</summary>
/// <param name="Name">The template's name at Meta.</param>
/// <param name="Language">The template's language code, such as <c>en_US</c>.</param>
public sealed record TemplateContent(string Name, string Language) : MessageContent
{
    /// <summary>The value of the header's variable; null when the header has none.</summary>
    public TextParameter? HeaderText { get; init; }

    /// <summary>The header's media; null when the header shows none. Needed with each send of a template with a media header.</summary>
    public MediaReference? HeaderMedia { get; init; }

    /// <summary>Values of the body's variables, in order of position when they have no names.</summary>
    public IReadOnlyList<TextParameter> Body { get; init; } = [];

    /// <summary>Values of the buttons that take one.</summary>
    public IReadOnlyList<TemplateButtonValue> Buttons { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(TemplateContent? other) =>
        other is not null && Name == other.Name && Language == other.Language && HeaderText == other.HeaderText
        && HeaderMedia == other.HeaderMedia && Body.SequenceEqual(other.Body) && Buttons.SequenceEqual(other.Buttons);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Language, HeaderText, HeaderMedia, Body.Count, Buttons.Count);
}
