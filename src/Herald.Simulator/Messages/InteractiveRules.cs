using System.Text.Json;

namespace Herald.Simulator;

/// <summary>Limits of interactive messages. Lengths are in Unicode code points.</summary>
internal static class InteractiveRules
{
    private const int BodyMax = 1024;
    private const int ShortMax = 60;
    private const int TitleMax = 20;
    private const int ReplyIdMax = 256;
    private const int SectionsMax = 10;
    private const int RowsMax = 10;
    private const int RowTitleMax = 24;
    private const int RowIdMax = 200;
    private const int DescriptionMax = 72;

    public static GraphError? Check(JsonElement body, int listBodyMax, Waba waba)
    {
        if (body.Member("interactive") is not { } interactive)
        {
            return GraphErrors.ParameterRequired("interactive");
        }

        var type = interactive.Keyword("type") ?? "";
        if (type is not ("button" or "list" or "cta_url"))
        {
            return type.Length == 0
                ? GraphErrors.ParameterRequired("interactive['type']")
                : MessageErrors.Value($"Interactive type '{type}' is not supported");
        }

        return CheckTexts(interactive, type == "list" ? listBodyMax : BodyMax)
            ?? CheckHeaderMedia(interactive, waba)
            ?? (interactive.Member("action") is not { } action ? GraphErrors.ParameterRequired("interactive['action']")
                : type switch
                {
                    "button" => CheckButtons(action),
                    "list" => CheckList(action),
                    _ => CheckLink(action),
                });
    }

    private static GraphError? CheckTexts(JsonElement interactive, int bodyMax)
    {
        if (interactive.Member("body")?.Text("text") is not { } text)
        {
            return GraphErrors.ParameterRequired("interactive['body']['text']");
        }

        if (Length("Body text", text, 1, bodyMax) is { } wrong)
        {
            return wrong;
        }

        if (interactive.Member("header") is { } header)
        {
            var kind = header.Keyword("type") ?? "";
            if (kind is not ("text" or "image" or "video" or "document"))
            {
                return MessageErrors.Value("Header type is not valid");
            }

            if (kind == "text" && Length("Header text", header.Text("text") ?? "", 1, ShortMax) is { } tooLong)
            {
                return tooLong;
            }
        }

        return interactive.Member("footer") is { } footer ? Length("Footer text", footer.Text("text") ?? "", 0, ShortMax) : null;
    }

    private static GraphError? CheckHeaderMedia(JsonElement interactive, Waba waba) =>
        interactive.Member("header") is { } header && header.Keyword("type") is { } kind and not "text" ? ContentRules.CheckMedia(header, kind, waba) : null;

    private static GraphError? CheckButtons(JsonElement action)
    {
        var buttons = action.Items("buttons");
        if (buttons.Count is < 1 or > 3)
        {
            return MessageErrors.Value("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
        }

        foreach (var button in buttons)
        {
            if (button.Keyword("type") != "reply" || button.Member("reply") is not { } reply)
            {
                return MessageErrors.Value("Button type is not valid, expected reply");
            }

            if ((Length("Button title", reply.Text("title") ?? "", 1, TitleMax) ?? Length("Button id", reply.Text("id") ?? "", 1, ReplyIdMax)) is { } wrong)
            {
                return wrong;
            }
        }

        return Repeats(buttons.Select(button => button.Member("reply")?.Text("title"))) ? MessageErrors.Value("Button titles must be unique")
            : Repeats(buttons.Select(button => button.Member("reply")?.Text("id"))) ? MessageErrors.Value("Button ids must be unique")
            : null;
    }

    private static GraphError? CheckList(JsonElement action)
    {
        if (Length("Button label", action.Text("button") ?? "", 1, TitleMax) is { } label)
        {
            return label;
        }

        var sections = action.Items("sections");
        if (sections.Count is < 1 or > SectionsMax)
        {
            return MessageErrors.Value($"Invalid sections count. Min allowed sections: 1, Max allowed sections: {SectionsMax}");
        }

        var titleMin = sections.Count > 1 ? 1 : 0;
        foreach (var section in sections)
        {
            if (Length("Section title", section.Text("title") ?? "", titleMin, RowTitleMax) is { } title)
            {
                return title;
            }
        }

        var rows = sections.SelectMany(section => section.Items("rows")).ToArray();
        return rows.Length is < 1 or > RowsMax || sections.Any(section => section.Items("rows").Count == 0)
            ? MessageErrors.Value($"Total row count exceed max allowed count: {RowsMax}")
            : CheckRows(rows);
    }

    private static GraphError? CheckRows(JsonElement[] rows)
    {
        foreach (var row in rows)
        {
            var wrong = Length("Row title", row.Text("title") ?? "", 1, RowTitleMax)
                ?? Length("Row id", row.Text("id") ?? "", 1, RowIdMax)
                ?? Length("Row description", row.Text("description") ?? "", 0, DescriptionMax);
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return Repeats(rows.Select(row => row.Text("id"))) ? MessageErrors.Value("Row ids must be unique") : null;
    }

    private static GraphError? CheckLink(JsonElement action)
    {
        if (action.Keyword("name") != "cta_url" || action.Member("parameters") is not { } parameters)
        {
            return GraphErrors.ParameterRequired("interactive['action']['parameters']");
        }

        return Length("Display text", parameters.Text("display_text") ?? "", 1, TitleMax)
            ?? (Uri.TryCreate(parameters.Text("url"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? null
                : MessageErrors.Value("URL is not valid"));
    }

    private static GraphError? Length(string what, string text, int min, int max) =>
        text.CodePoints() < min || text.CodePoints() > max || (min > 0 && string.IsNullOrWhiteSpace(text))
            ? MessageErrors.Value($"{what} length invalid. Min length: {min}, Max length: {max}")
            : null;

    private static bool Repeats(IEnumerable<string?> values)
    {
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        return values.Any(value => !seen.Add(value));
    }
}
