using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Herald.WhatsApp.Json;

/// <summary>
/// Reads documents whose shape nobody promises: a member that is missing, null, empty or of another kind reads as absent,
/// and numbers may be written as texts and texts as numbers.
/// </summary>
internal static class TolerantJson
{
    /// <summary>The member, or an undefined element when there is none or the parent is no object.</summary>
    public static JsonElement Member(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        if (parent.ValueKind != JsonValueKind.Object) return default;
        try
        {
            return parent.TryGetProperty(name, out var member) ? member : default;
        }
        catch (InvalidOperationException)
        {
            // The framework refuses the whole object when the name of any member holds half a surrogate pair.
            return MemberByRawName(parent, name);
        }
    }

    private static JsonElement MemberByRawName(JsonElement parent, ReadOnlySpan<byte> name)
    {
        JsonElement found = default;
        foreach (var property in parent.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual(name)) found = property.Value;
        }

        return found;
    }

    /// <summary>The member as a text: a non-empty string, or a number as it is written.</summary>
    public static string? Text(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Member(name).AsText();

    public static string? AsText(this JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                var text = LenientString.Read(element);
                return text.Length == 0 ? null : text;
            case JsonValueKind.Number:
                return element.GetRawText();
            default:
                return null;
        }
    }

    public static long? Whole(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        var member = parent.Member(name);
        return member.ValueKind switch
        {
            JsonValueKind.Number => member.TryGetInt64(out var number) ? number : null,
            JsonValueKind.String => long.TryParse(LenientString.Read(member), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            _ => null,
        };
    }

    public static int? Int(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.Whole(name) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;

    public static bool? Flag(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        var member = parent.Member(name);
        return member.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => bool.TryParse(LenientString.Read(member), out var flag) ? flag : null,
            _ => null,
        };
    }

    /// <summary>Seconds since 1970, written as a number or a text. A value outside the calendar reads as absent.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        const long SecondsMax = 253_402_300_799;
        return parent.Whole(name) is > 0 and <= SecondsMax and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>The element as it is written, for keeping what is not understood.</summary>
    public static string AsWritten(this JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The elements of a member that is an array; none when it is anything else.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        var member = parent.Member(name);
        return member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : default;
    }
}
