using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Herald.WhatsApp.Json;

/// <summary>
/// Reads a JSON string that may hold half a surrogate pair or broken UTF-8, as texts cut in the middle of an emoji do. The framework
/// refuses those; a person's STOP must not be lost for it, so the broken part reads as U+FFFD.
/// </summary>
internal static class LenientString
{
    /// <summary>The text; U+0000, which no text column of PostgreSQL takes, reads as U+FFFD too.</summary>
    public static string Read(JsonElement element) => Decode(element).Replace('\0', '\uFFFD');

    private static string Decode(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException) when (element.ValueKind == JsonValueKind.String)
        {
            return Repair(JsonMarshal.GetRawUtf8Value(element));
        }
    }

    private static string Repair(ReadOnlySpan<byte> raw)
    {
        // The raw value still has its quotes and escapes; decoding replaces broken bytes, then the escapes are undone.
        var text = Encoding.UTF8.GetString(raw[1..^1]);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            result.Append(text[i] == 'u' ? Unit(text.AsSpan(i + 1, 4)) : Escape(text[i]));
            if (text[i] == 'u') i += 4;
        }

        return ReplaceHalves(result.ToString());
    }

    private static char Unit(ReadOnlySpan<char> digits) => (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static char Escape(char letter) => letter switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => letter,
    };

    private static string ReplaceHalves(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) result.Append(rune.ToString());
        return result.ToString();
    }
}
