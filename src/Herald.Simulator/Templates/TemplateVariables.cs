using System.Globalization;
using System.Text.RegularExpressions;

namespace Herald.Simulator;

/// <summary>Finds and judges the variables of a template text.</summary>
internal static partial class TemplateVariables
{
    /// <summary>The names between double braces, in order of appearance, each once.</summary>
    public static IReadOnlyList<string> Find(string text) =>
        [.. Pattern().Matches(text).Select(match => match.Groups[1].Value.Trim()).Distinct(StringComparer.Ordinal)];

    /// <summary>The text with each variable replaced.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Pattern().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value.Trim(), match.Value));

    /// <summary>Refuses variables that are numbered with gaps or named against the rules.</summary>
    public static GraphError? CheckNames(string text, bool named)
    {
        var names = Find(text);
        if (named)
        {
            return names.FirstOrDefault(name => !NamedPattern().IsMatch(name)) is { } wrong && !HasForbiddenSign(wrong)
                ? TemplateErrors.Variables("Variable names can only have lowercase letters, digits and underscores.")
                : null;
        }

        var numbers = new List<int>(names.Count);
        foreach (var name in names)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return HasForbiddenSign(name)
                    ? null
                    : TemplateErrors.Variables("Variables of a template with positional parameters must be numbers, as in {{1}}.");
            }

            numbers.Add(number);
        }

        return numbers.Order().SequenceEqual(Enumerable.Range(1, numbers.Count))
            ? null
            : TemplateErrors.Variables("Variables must be numbered from {{1}} on, without gaps.");
    }

    /// <summary>Whether the text starts or ends with a variable.</summary>
    public static bool StandsAtEdge(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("{{", StringComparison.Ordinal) || trimmed.EndsWith("}}", StringComparison.Ordinal);
    }

    /// <summary>Whether there are too few words for the variables: fewer than 2n + 1, the variables included.</summary>
    public static bool AreTooMany(string text)
    {
        var count = Pattern().Count(text);
        return count > 0 && WordPattern().Count(text) < 2 * count + 1;
    }

    /// <summary>What a reviewer refuses although creation allowed it; null when all is well.</summary>
    public static string? ReviewObjection(string text)
    {
        if (AdjacentPattern().IsMatch(text))
        {
            return "The template contains variable parameters placed next to each other.";
        }

        if (Find(text).Any(HasForbiddenSign))
        {
            return "The template contains special characters in a variable parameter.";
        }

        var rest = Pattern().Replace(text, "");
        return rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)
            ? "The template contains variable parameters with mismatched curly braces."
            : null;
    }

    private static bool HasForbiddenSign(string name) => name.AsSpan().ContainsAny('#', '$', '%');

    [GeneratedRegex(@"\{\{([^{}]*)\}\}")]
    private static partial Regex Pattern();

    [GeneratedRegex("^[a-z0-9_]+$")]
    private static partial Regex NamedPattern();

    [GeneratedRegex(@"\}\}\s*\{\{")]
    private static partial Regex AdjacentPattern();

    [GeneratedRegex(@"\S+")]
    private static partial Regex WordPattern();
}
