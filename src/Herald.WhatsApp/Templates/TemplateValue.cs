using System.Text;

namespace Herald.WhatsApp.Templates;

/// <summary>Meta's rule for the value of a variable, and the way to make a value follow it.</summary>
internal static class TemplateValue
{
    private const int SpacesMax = 4;

    /// <summary>What is wrong with a value, or null if it may be sent.</summary>
    public static string? Problem(string value)
    {
        if (string.IsNullOrWhiteSpace(value)) return "must not be blank";

        var spaces = 0;
        foreach (var letter in value)
        {
            if (letter is '\n' or '\r' or '\t') return "must not have a line break or a tab";
            spaces = letter == ' ' ? spaces + 1 : 0;
            if (spaces > SpacesMax) return $"must not have more than {SpacesMax} spaces in a row";
        }

        return null;
    }

    /// <summary>The value with line breaks, tabs and runs of spaces made one space, and none at its ends.</summary>
    public static string Clean(string value)
    {
        if (value.Length > 0 && Problem(value) is null && value[0] != ' ' && value[^1] != ' ') return value;

        var clean = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            var isSpace = letter is ' ' or '\n' or '\r' or '\t';
            if (!isSpace) clean.Append(letter);
            else if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
        }

        if (clean.Length > 0 && clean[^1] == ' ') clean.Length--;
        return clean.ToString();
    }
}
