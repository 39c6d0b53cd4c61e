namespace Herald.Domain.Consents.Keywords;

/// <summary>What was found in a message.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Keyword">The word or phrase that was found, normalised; empty if none.</param>
/// <param name="Languages">The languages that know the word, likeliest first; empty for a tenant's own words and buttons found by payload.</param>
public sealed record KeywordMatch(KeywordMatchKind Kind, string Keyword, IReadOnlyList<string> Languages)
{
    /// <summary>Nothing was found.</summary>
    public static KeywordMatch None { get; } = new(KeywordMatchKind.None, string.Empty, []);

    /// <summary>
    /// The language to answer in: the preferred one if the word belongs to it or to no language in particular, else the word's own.
    /// </summary>
    /// <param name="preferred">The language known for the contact, else the tenant's; may carry a region, as in <c>pt_BR</c>.</param>
    public string LanguageFor(string? preferred)
    {
        var language = ConsentTexts.LanguageOf(preferred);
        return Languages.Count == 0 || Languages.Contains(language) ? language : Languages[0];
    }
}
