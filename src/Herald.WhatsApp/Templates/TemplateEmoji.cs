using System.Globalization;
using System.Text;

namespace Herald.WhatsApp.Templates;

/// <summary>Tells emoji from letters, roughly as Meta does: pictographs, dingbats and what joins them.</summary>
internal static class TemplateEmoji
{
    private const int VariationSelector16 = 0xFE0F;
    private const int KeycapMark = 0x20E3;

    public static bool IsIn(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsEmoji(rune)) return true;
        }

        return false;
    }

    private static bool IsEmoji(Rune rune) =>
        rune.Value is VariationSelector16 or KeycapMark or (>= 0x1F000 and <= 0x1FAFF)
        || (rune.Value is >= 0x2600 and <= 0x27BF && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol);
}
