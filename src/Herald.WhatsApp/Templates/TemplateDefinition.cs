using System.Text;
using System.Text.Json;
using Herald.Domain.Templates;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>A template as it is submitted to Meta and read back. It may break Meta's rules; <see cref="TemplateRules"/> tells.</summary>
/// <param name="Name">The name, <c>[a-z0-9_]</c>, at most 512 characters.</param>
/// <param name="Language">Meta's language code, such as <c>pt_BR</c>.</param>
/// <param name="Category">Meta's word for the category, in upper case; see <see cref="TemplateWords.ToCategory"/>.</param>
public sealed record TemplateDefinition(string Name, string Language, string Category)
{
    /// <summary>Makes a definition of one of the three categories.</summary>
    /// <param name="name">The name.</param>
    /// <param name="language">Meta's language code.</param>
    /// <param name="category">The category.</param>
    public TemplateDefinition(string name, string language, TemplateCategory category)
        : this(name, language, TemplateWords.NameOf(category))
    {
    }

    /// <summary>How variables are written. Default positional.</summary>
    public ParameterFormat ParameterFormat { get; init; }

    /// <summary>What stands above the body, or null.</summary>
    public TemplateHeader? Header { get; init; }

    /// <summary>The text, at most 1024 code points. Null only where Meta fixes it (authentication).</summary>
    public string? Body { get; init; }

    /// <summary>Examples of the body's variables.</summary>
    public IReadOnlyList<TemplateExample> BodyExamples { get; init; } = [];

    /// <summary>Whether Meta adds its warning not to share the code; null where it is not said.</summary>
    public bool? AddSecurityRecommendation { get; init; }

    /// <summary>The small line below the body, at most 60 code points, or null.</summary>
    public string? Footer { get; init; }

    /// <summary>How many minutes the code lives, as the footer of an authentication template says, or null.</summary>
    public int? CodeExpirationMinutes { get; init; }

    /// <summary>The buttons, in order.</summary>
    public IReadOnlyList<TemplateButton> Buttons { get; init; } = [];

    /// <summary>Components that Herald keeps but does not fill.</summary>
    public IReadOnlyList<OtherComponent> OtherComponents { get; init; } = [];

    /// <summary>How long Meta tries to deliver, in seconds, or null for Meta's default.</summary>
    public int? MessageSendTtlSeconds { get; init; }

    /// <summary>Reads Meta's JSON of a template: what <see cref="ToJson"/> wrote, a create request, or an item of a list.</summary>
    /// <param name="json">The JSON object.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="FormatException">It is no JSON object, or has no name.</exception>
    public static TemplateDefinition Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return TemplateDefinitionReader.Read(document.RootElement) ?? throw new FormatException("A template has no name.");
        }
        catch (JsonException)
        {
            throw new FormatException("A template is not JSON.");
        }
    }

    /// <summary>Writes the body of Meta's create request; also what the database keeps.</summary>
    /// <returns>One JSON object, readable by <see cref="Parse"/>.</returns>
    public string ToJson()
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, ContentWriter.Options)) TemplateDefinitionWriter.Write(writer, this);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    /// <inheritdoc/>
    public bool Equals(TemplateDefinition? other) =>
        other is not null && Name == other.Name && Language == other.Language && Category == other.Category
        && ParameterFormat == other.ParameterFormat && Header == other.Header && Body == other.Body
        && AddSecurityRecommendation == other.AddSecurityRecommendation && Footer == other.Footer
        && CodeExpirationMinutes == other.CodeExpirationMinutes && MessageSendTtlSeconds == other.MessageSendTtlSeconds
        && BodyExamples.SequenceEqual(other.BodyExamples) && Buttons.SequenceEqual(other.Buttons)
        && OtherComponents.SequenceEqual(other.OtherComponents);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Language, Category, Body, Buttons.Count);
}
