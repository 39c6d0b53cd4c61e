using System.Globalization;
using System.Text;

namespace Herald.Domain.Consents.Keywords;

/// <summary>
/// Brings what people type into one form, so that the whole message can be compared with a word: compatibility forms unified (NFKC); case
/// folded; accents of Latin, Greek and Cyrillic letters and Arabic vowel signs dropped; Arabic hamza carriers, alef maksura, teh marbuta
/// and Persian letters unified; tatweel, apostrophes and invisible characters dropped; punctuation, emoji and runs of blanks turned
/// into one space; no space at the ends. Vowel signs of Indic scripts stay, since they make other words.
/// </summary>
public static class KeywordNormalizer
{
    /// <summary>The normalised text; empty if nothing but decoration is left. Applying it twice changes nothing more.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsDropped(rune))
                continue;
            if (IsLetterLike(rune))
                result.Append(Fold(rune));
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }
        return result.ToString().TrimEnd(' ').Normalize(NormalizationForm.FormC);
    }

    /// <summary>A lone surrogate cannot be normalised; it becomes the replacement character, which is a symbol.</summary>
    private static string WellFormed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(rune);
        return result.ToString();
    }

    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        // Latin accents, Arabic vowel signs and hamza marks (alone after decomposition), Koranic marks, tatweel.
        >= 0x0300 and <= 0x036F or >= 0x064B and <= 0x065F or 0x0670 or >= 0x06D6 and <= 0x06ED or 0x0640 => true,
        // Apostrophes: don't, m'envoyez.
        '\'' or 0x2018 or 0x2019 or 0x02BC or 0x0060 or 0x00B4 => true,
        // Variation selectors, which make a digit or a sign an emoji.
        >= 0xFE00 and <= 0xFE0F => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark,
    };

    private static bool IsLetterLike(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;

    private static Rune Fold(Rune rune) => rune.Value switch
    {
        0x0131 => new Rune('i'),
        0x0671 => new Rune(0x0627),
        0x0649 or 0x06CC => new Rune(0x064A),
        0x06A9 => new Rune(0x0643),
        0x0629 or 0x06C1 or 0x06BE => new Rune(0x0647),
        // By way of the upper case, since some letters have two lower-case forms, such as the Greek sigma.
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)),
    };
}
