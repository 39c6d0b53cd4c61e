namespace Herald.WhatsApp.Templates;

/// <summary>One variable in a text: <c>{{name}}</c> with its braces stands at <c>Start</c> for <c>Length</c> characters.</summary>
internal readonly record struct TemplateVariable(int Start, int Length, string Name)
{
    public int End => Start + Length;
}

/// <summary>Finds variables in texts of templates.</summary>
internal static class TemplateVariables
{
    private const int BracesLength = 2;

    /// <summary>All variables in order; a repeated one comes each time it stands there.</summary>
    public static List<TemplateVariable> Find(string? text)
    {
        var found = new List<TemplateVariable>();
        if (text is null) return found;

        var from = 0;
        while (true)
        {
            var open = text.IndexOf("{{", from, StringComparison.Ordinal);
            if (open < 0) return found;
            var close = text.IndexOf("}}", open + BracesLength, StringComparison.Ordinal);
            if (close < 0) return found;

            // Of "{{a {{b}}" only the inner one is a variable, and "{{a}, {b}}" is none; the leftover braces are reported as unbalanced.
            open = text.LastIndexOf("{{", close, close - open + 1, StringComparison.Ordinal);
            var name = text.AsSpan((open + BracesLength)..close).Trim();
            from = close + BracesLength;
            if (!name.ContainsAny('{', '}')) found.Add(new TemplateVariable(open, from - open, name.ToString()));
        }
    }

    /// <summary>The names in order, each once.</summary>
    public static List<string> Names(string? text)
    {
        var names = new List<string>();
        foreach (var variable in Find(text))
        {
            if (!names.Contains(variable.Name)) names.Add(variable.Name);
        }

        return names;
    }

    /// <summary>The text with each variable replaced.</summary>
    public static string Replace(string text, Func<string, string> value)
    {
        var result = new System.Text.StringBuilder(text.Length);
        var from = 0;
        foreach (var variable in Find(text))
        {
            result.Append(text, from, variable.Start - from).Append(value(variable.Name));
            from = variable.End;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }
}
