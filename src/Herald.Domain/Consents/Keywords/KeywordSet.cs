using System.Collections.Frozen;

namespace Herald.Domain.Consents.Keywords;

/// <summary>
/// The words with which people refuse and allow messages: the built-in ones of many languages and a tenant's own. A word counts
/// only if it is the whole message (<see cref="KeywordNormalizer"/> says what is overlooked). Immutable, safe from any thread.
/// </summary>
public sealed class KeywordSet
{
    /// <summary>How long a message may be to be looked at, in UTF-16 units; a longer one is never an opt-out.</summary>
    public const int TextLengthMax = 500;

    /// <summary>A short message that holds an opt-out word among others is a near miss up to this many words.</summary>
    private const int NearMissWordsMax = 4;

    private readonly FrozenDictionary<string, Entry> _words;
    private readonly Entry[] _insideShort;
    private readonly Entry[] _phrases;

    private KeywordSet(Dictionary<string, Entry> words, IEnumerable<Entry> phrases)
    {
        _words = words.ToFrozenDictionary(StringComparer.Ordinal);
        _insideShort = [.. words.Values.Where(entry => entry.Use == Use.Stop)];
        _phrases = [.. phrases];
    }

    private enum Use
    {
        Stop,
        StopAlone,
        Ambiguous,
        Start,
        Phrase,
    }

    /// <summary>The built-in words of all languages.</summary>
    public static KeywordSet BuiltIn { get; } = CreateBuiltIn();

    /// <summary>
    /// This set and a tenant's own words. An own opt-out word is never ambiguous, whatever it is built in as; an own word that is in both
    /// lists, or that is a built-in opt-out, stays an opt-out. Words of which nothing is left after normalising are skipped.
    /// </summary>
    public KeywordSet With(IEnumerable<string> stopWords, IEnumerable<string> startWords)
    {
        ArgumentNullException.ThrowIfNull(stopWords);
        ArgumentNullException.ThrowIfNull(startWords);
        var words = new Dictionary<string, Entry>(_words, StringComparer.Ordinal);
        foreach (var word in Normalized(startWords))
            words.TryAdd(word, new Entry(word, Use.Start, []));
        foreach (var word in Normalized(stopWords))
        {
            var known = words.GetValueOrDefault(word);
            words[word] = known is { Use: not Use.Start } ? known with { Use = Use.StopAlone } : new Entry(word, Use.StopAlone, []);
        }
        return new KeywordSet(words, _phrases);
    }

    /// <summary>What a typed message says.</summary>
    /// <param name="text">The whole message.</param>
    /// <param name="lastOutboundWasCampaign">The last thing sent to this person was a campaign, so that CANCEL can only mean that.</param>
    public KeywordMatch Match(string? text, bool lastOutboundWasCampaign)
    {
        if (string.IsNullOrEmpty(text) || text.Length > TextLengthMax)
            return KeywordMatch.None;
        var normalized = KeywordNormalizer.Normalize(text);
        if (!_words.TryGetValue(normalized, out var entry))
            return FindNearMiss(normalized);

        return entry.Use switch
        {
            Use.Start => entry.As(KeywordMatchKind.Start),
            Use.Ambiguous when !lastOutboundWasCampaign => KeywordMatch.None,
            _ => entry.As(KeywordMatchKind.Stop),
        };
    }

    /// <summary>
    /// What a tapped button or list row says: by its payload if that begins with <c>optout</c> or <c>optin</c> (in any case, then nothing or
    /// no letter), else if the payload or the label is such a word. A tap is never a near miss.
    /// </summary>
    /// <param name="payload">The payload of a quick reply, or the id of a reply button or list row.</param>
    /// <param name="label">What was written on it.</param>
    /// <param name="lastOutboundWasCampaign">As for <see cref="Match"/>.</param>
    public KeywordMatch MatchButton(string? payload, string? label, bool lastOutboundWasCampaign)
    {
        if (HasPrefix(payload, "optout"))
            return new KeywordMatch(KeywordMatchKind.Stop, "optout", []);
        if (HasPrefix(payload, "optin"))
            return new KeywordMatch(KeywordMatchKind.Start, "optin", []);

        foreach (var text in (string?[])[label, payload])
        {
            var match = Match(text, lastOutboundWasCampaign);
            if (match.Kind is KeywordMatchKind.Stop or KeywordMatchKind.Start)
                return match;
        }
        return KeywordMatch.None;
    }

    private static KeywordSet CreateBuiltIn()
    {
        var words = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var phrases = new List<Entry>();
        foreach (var row in KeywordTable.Languages)
        {
            Add(words, row.Language, KeywordTable.UniversalStop, Use.Stop);
            Add(words, row.Language, KeywordTable.UniversalStart, Use.Start);
            Add(words, row.Language, row.Stop, Use.Stop);
            Add(words, row.Language, row.StopAlone, Use.StopAlone);
            Add(words, row.Language, row.Ambiguous, Use.Ambiguous);
            Add(words, row.Language, row.Start, Use.Start);
            phrases.AddRange(Normalized(row.Phrases.Split(',')).Select(phrase => new Entry(phrase, Use.Phrase, [row.Language])));
        }
        return new KeywordSet(words, phrases);
    }

    private static void Add(Dictionary<string, Entry> words, string language, string list, Use use)
    {
        foreach (var word in Normalized(list.Split(',')))
        {
            if (!words.TryGetValue(word, out var known))
                words.Add(word, new Entry(word, use, [language]));
            else if (!known.Languages.Contains(language))
                words[word] = known with { Languages = [.. known.Languages, language] };
        }
    }

    private static IEnumerable<string> Normalized(IEnumerable<string> words) =>
        words.Select(KeywordNormalizer.Normalize).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal);

    private static bool HasPrefix(string? payload, string prefix) =>
        payload is not null
        && payload.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (payload.Length == prefix.Length || !char.IsLetter(payload[prefix.Length]));

    private KeywordMatch FindNearMiss(string normalized)
    {
        var phrase = Array.Find(_phrases, entry => entry.IsIn(normalized));
        if (phrase is not null)
            return phrase.As(KeywordMatchKind.NearMiss);
        if (normalized.AsSpan().Count(' ') >= NearMissWordsMax)
            return KeywordMatch.None;
        var word = Array.Find(_insideShort, entry => entry.IsIn(normalized));
        return word is null ? KeywordMatch.None : word.As(KeywordMatchKind.NearMiss);
    }

    private sealed record Entry(string Word, Use Use, IReadOnlyList<string> Languages)
    {
        /// <summary>Chinese and Japanese write no spaces, and Korean glues endings to words.</summary>
        private bool IsUnspaced => Word[0] is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF';

        public KeywordMatch As(KeywordMatchKind kind) => new(kind, Word, Languages);

        public bool IsIn(string normalized) => IsUnspaced
            ? normalized.Contains(Word, StringComparison.Ordinal)
            : $" {normalized} ".Contains($" {Word} ", StringComparison.Ordinal);
    }
}
