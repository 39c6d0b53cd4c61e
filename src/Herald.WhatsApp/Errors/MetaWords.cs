using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Herald.WhatsApp.Errors;

/// <summary>
/// Meta's own words about one message, fit to be kept and shown to its tenant. They may quote what was sent, so whatever can be a value of
/// a person's is replaced by an ellipsis: what stands in quotation marks, unless it is a word of Meta's own format, numbers of four digits and more, addresses of the web and of
/// mail, and handles. In doubt the words go. A value that stands there without marks, and is a word like any other, cannot be told from Meta's; Meta is not known to
/// write so.
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
        // A quotation that is cut off here stays open and is taken out.
        var text = words.Length <= ReadMax ? words : words[..ReadMax];
        text = Blanks().Replace(text, " ").Trim();
        text = CodeInFront().Replace(text, "");
        text = OtherMark().Replace(text, "\"");
        text = WithoutQuotations(text);
        text = WebAddress().Replace(text, Ellipsis);
        text = Handle().Replace(text, Ellipsis);
        text = LongNumber().Replace(text, number => number.Groups["said"].Success ? number.Value : Ellipsis);
        if (text.Length <= LengthMax)
            return text;
        // Never between the two halves of one character.
        var end = char.IsHighSurrogate(text[LengthMax - 2]) ? LengthMax - 2 : LengthMax - 1;
        return text[..end].TrimEnd() + Ellipsis;
    }

    /// <summary>
    /// A value may hold the marks that it stands in, so nobody knows where it ends: from the first quotation that is none of the format's, all goes up to
    /// the last mark of the text. Marks that do not pair put those before them in doubt too, and where one stays open, all that follows.
    /// </summary>
    private static string WithoutQuotations(string text)
    {
        int? first = null;
        int? start = null;
        var end = 0;
        foreach (Match mark in Quotation().Matches(text))
        {
            var isStray = mark.Groups["stray"].Success;
            // Before any quotation it is an apostrophe.
            if (isStray && first is null)
                continue;
            first ??= mark.Index;
            if (isStray || mark.Groups["open"].Success)
                start = first;
            else if (!IsOfFormat(mark.Value))
                start ??= mark.Index;
            end = mark.Groups["open"].Success ? text.Length : mark.Index + mark.Length;
        }
        return start is { } cut ? text[..cut] + Ellipsis + text[end..] : text;
    }

    private static bool IsOfFormat(string quotation)
    {
        var words = Word().Matches(quotation);
        return words.Count > 0 && words.All(word => FormatWords.Contains(word.Value)) && !Strange().IsMatch(quotation);
    }

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\(#\d+\)\s*")]
    private static partial Regex CodeInFront();

    // Every kind of quotation mark but the straight ones; the curly apostrophe within a word is none.
    [GeneratedRegex(@"[\p{Pi}\p{Pf}„‚‟‛〝〞「」『』＂`´-[’]]|(?<![\p{L}\p{N}])’|’(?![\p{L}\p{N}])")]
    private static partial Regex OtherMark();

    // An apostrophe within a word opens and ends nothing; one at a word's end may end a quotation, and is stray without one.
    [GeneratedRegex("""
        "(?:\\.|[^"\\]|\\$)*(?:"|(?<open>$))|(?<![\p{L}\p{N}])'.*?(?:'(?![\p{L}\p{N}])|(?<open>$))|(?<stray>'(?![\p{L}\p{N}]))
        """)]
    private static partial Regex Quotation();

    [GeneratedRegex(@"[^\W\d]\w*|\d+")]
    private static partial Regex Word();

    // What is neither a letter nor a mark around words of the format.
    [GeneratedRegex("""[^A-Za-z_\s"'.,\[\]]""")]
    private static partial Regex Strange();

    [GeneratedRegex(@"(?:https?:|www\.)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"\S*@\S+")]
    private static partial Regex Handle();

    // Four digits, however they are parted: a code for one use has no more. A limit and Meta's own codes are kept, where the words in front say so.
    [GeneratedRegex("""
        (?<said>(?<=\b(?:max|maximum|min|minimum)(?:[ ]length)?:?[ ]|\berror[ ]code:?[ ]|\(\#)\b\d{4,6}\b(?![\s().,/-]*\d))|\+?\d(?:[\s().,/-]{0,3}\d){3,}
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LongNumber();
}
