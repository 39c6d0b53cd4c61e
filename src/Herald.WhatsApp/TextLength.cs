namespace Herald.WhatsApp;

/// <summary>Counts as Meta does: Unicode code points, so that an emoji outside the basic plane is one.</summary>
internal static class TextLength
{
    public static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1])) count--;
        }

        return count;
    }
}
