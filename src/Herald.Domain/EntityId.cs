using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain;

/// <summary>The one textual form of all ids: a UUID with hyphens and nothing around it.</summary>
internal static class EntityId
{
    public static Guid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The text itself stays out of the message: it may be a phone number that came in the wrong field.
        return TryParse(text, out var value) ? value : throw new FormatException("An id must be a UUID with hyphens, 36 characters.");
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out Guid value)
    {
        // Guid.TryParseExact trims white space, and then two texts would name one entity.
        if (text is { Length: 36 })
            return Guid.TryParseExact(text, "D", out value);
        value = Guid.Empty;
        return false;
    }
}
