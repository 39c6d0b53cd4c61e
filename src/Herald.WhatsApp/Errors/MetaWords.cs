using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Herald.WhatsApp.Errors;

/// <summary>
/// Meta's own words about one message, fit to be kept and shown to its tenant. They may quote what was sent, so whatever can be a value of
/// a person's is replaced by an ellipsis: what stands in quotation marks, unless it is a word of Meta's own format, phone and other long numbers,
/// addresses of the web and of mail.
/// </summary>
public static partial class MetaWords
{
    /// <summary>The most characters that are kept.</summary>
    public const int LengthMax = 300;

    private const int ReadMax = 2_000;
    private const string Ellipsis = "…";

    // Names of fields and types in Meta's requests: with them a quotation tells what is wrong and nothing of the person.
    private static readonly FrozenSet<string> FormatWords = FrozenSet.ToFrozenSet(
    [
        "action", "address", "audio", "body", "button", "buttons", "caption", "code", "component", "components", "contacts", "context", "currency",
        "data", "description", "display_text", "document", "emoji", "filename", "flow", "footer", "format", "header", "id", "image", "index", "interactive",
        "language", "link", "list", "location", "message", "message_id", "messaging_product", "name", "namespace", "parameter", "parameters", "payload",
        "product", "provider", "reaction", "recipient", "recipient_type", "reply", "row", "rows", "section", "sections", "sticker", "sub_type", "template",
        "text", "title", "to", "type", "url", "video", "whatsapp",
    ], StringComparer.Ordinal);

    /// <summary>The words without what they quote, on one line of at most <see cref="LengthMax"/> characters.</summary>
    /// <param name="words">What Meta said, or null.</param>
    /// <returns>Empty if nothing was said.</returns>
    public static string WithoutValues(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return "";
        // A quotation that is cut off has no end and is taken out to the end.
        var text = words.Length <= ReadMax ? words : words[..ReadMax];
        text = Blanks().Replace(text, " ").Trim();
        text = CodeInFront().Replace(text, "");
        text = Quotation().Replace(text, Unquote);
        text = WebAddress().Replace(text, Ellipsis);
        text = MailAddress().Replace(text, Ellipsis);
        text = LongNumber().Replace(text, Ellipsis);
        if (text.Length <= LengthMax)
            return text;
        // Never between the two halves of one character.
        var end = char.IsHighSurrogate(text[LengthMax - 2]) ? LengthMax - 2 : LengthMax - 1;
        return text[..end].TrimEnd() + Ellipsis;
    }

    private static string Unquote(Match match)
    {
        var words = Word().Matches(match.Value);
        return words.Count > 0 && words.All(word => FormatWords.Contains(word.Value)) && !Strange().IsMatch(match.Value) ? match.Value : Ellipsis;
    }

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\(#\d+\)\s*")]
    private static partial Regex CodeInFront();

    // An apostrophe within a word, or at its end, opens nothing. Each kind ends with its own mark or with the text.
    [GeneratedRegex("""
        "(?:\\.|[^"\\])*(?:"|$)|(?<![\p{L}\p{N}])'.*?(?:'(?![\p{L}\p{N}])|$)|`[^`]*(?:`|$)|“[^”]*(?:”|$)|‘.*?(?:’(?![\p{L}\p{N}])|$)|«[^»]*(?:»|$)
        """)]
    private static partial Regex Quotation();

    [GeneratedRegex(@"[^\W\d]\w*|\d+")]
    private static partial Regex Word();

    // What is neither a letter nor a mark around words of the format.
    [GeneratedRegex("""[^A-Za-z_\s"'`“”‘’«».,\[\]]""")]
    private static partial Regex Strange();

    [GeneratedRegex(@"(?:https?:|www\.)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"\S+@\S+")]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"\+?\d[\d\s().-]{5,}\d")]
    private static partial Regex LongNumber();
}
