using System.Text.Json;

namespace Herald.Simulator;

/// <summary>Lenient reading of request bodies.</summary>
internal static class JsonReading
{
    /// <summary>The string member of that name; null if it is absent or no string.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The string member of that name in lower case, for words whose case does not matter; null if it is absent or no string.</summary>
    public static string? Keyword(this JsonElement element, string name) => element.Text(name)?.Lowered();

    /// <summary>The text in lower case, whatever the culture.</summary>
    public static string Lowered(this string text) =>
        string.Create(text.Length, text, static (span, value) => value.AsSpan().ToLowerInvariant(span));

    /// <summary>The object member of that name.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    /// <summary>The items of the array member of that name; empty if it is absent.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : [];

    /// <summary>Length in Unicode code points, which is how WhatsApp counts.</summary>
    public static int CodePoints(this string text)
    {
        var count = text.Length;
        for (var index = 0; index + 1 < text.Length; index++)
        {
            if (char.IsSurrogatePair(text[index], text[index + 1]))
            {
                count--;
                index++;
            }
        }

        return count;
    }
}
