using System.Globalization;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>Meta's rules for the variables of a text.</summary>
internal static class TemplateVariableRules
{
    /// <summary>How variables are written: balanced braces, numbers without gaps, or names.</summary>
    public static void Check(LimitCheck check, string field, string text, ParameterFormat format)
    {
        var rest = TemplateVariables.Replace(text, static _ => "");
        if (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal))
            check.Add(field, "must have balanced braces around each variable");

        var names = TemplateVariables.Names(text);
        if (format == ParameterFormat.Named)
        {
            foreach (var name in names.Where(static name => !IsName(name)))
                check.Add(field, $"must name variables with a to z, 0 to 9 and underscore, beginning with a letter: {Shown(name)}");
            if (names.Count < TemplateVariables.Find(text).Count) check.Add(field, "must use each named variable once");
            return;
        }

        var expected = Enumerable.Range(1, names.Count).Select(static number => number.ToString(CultureInfo.InvariantCulture));
        if (!expected.ToHashSet(StringComparer.Ordinal).SetEquals(names))
            check.Add(field, "must number variables from 1 without gaps");
    }

    /// <summary>Where variables stand, and how much text there is around them.</summary>
    public static void CheckPlaces(LimitCheck check, string field, string text)
    {
        var variables = TemplateVariables.Find(text);
        if (variables.Count == 0) return;

        if (text.AsSpan(0, variables[0].Start).IsWhiteSpace()) check.Add(field, "must not begin with a variable");
        if (text.AsSpan(variables[^1].End).IsWhiteSpace()) check.Add(field, "must not end with a variable");
        for (var i = 1; i < variables.Count; i++)
        {
            if (text.AsSpan(variables[i - 1].End, variables[i].Start - variables[i - 1].End).IsWhiteSpace())
            {
                check.Add(field, "must have text between variables");
                break;
            }
        }

        // Meta does not publish the formula; templates with fewer words than this were refused for having too many variables.
        var wordsMin = (2 * variables.Count) + 1;
        if (WordCount(TemplateVariables.Replace(text, static _ => " ")) < wordsMin)
            check.Add(field, $"must have at least {wordsMin} words beside its {variables.Count} variables");
    }

    private static bool IsName(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0])) return false;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '_') return false;
        }

        return true;
    }

    // A name may be anything between the braces, so only its beginning is repeated.
    private static string Shown(string name) => name.Length <= 30 ? name : name[..30];

    private static int WordCount(string text)
    {
        var count = 0;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Any(char.IsLetterOrDigit)) count++;
        }

        return count;
    }
}
