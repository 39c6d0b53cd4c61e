namespace Herald.WhatsApp.Messages;

/// <summary>Checks contents against Meta's limits before they are stored or sent. Lengths count Unicode code points.</summary>
public static class MessageContentValidator
{
    private const int TextBodyMax = 4096;
    private const int InteractiveBodyMax = 1024;
    private const int HeaderMax = 60;
    private const int FooterMax = 60;
    private const int ButtonsMax = 3;
    private const int ButtonTitleMax = 20;
    private const int ButtonIdMax = 256;
    private const int SectionsMax = 10;
    private const int RowsMax = 10;
    private const int SectionTitleMax = 24;
    private const int RowIdMax = 200;
    private const int RowTitleMax = 24;
    private const int RowDescriptionMax = 72;
    private const int UrlMax = 2000;

    /// <summary>Checks a content.</summary>
    /// <param name="content">The content.</param>
    /// <returns>Every rule it breaks; empty if it may be sent.</returns>
    public static IReadOnlyList<Violation> Validate(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var check = new LimitCheck();
        switch (content)
        {
            case TextContent text:
                check.Length("body", text.Body, 1, TextBodyMax);
                break;
            case ButtonsContent buttons:
                CheckFrame(check, buttons.Header, buttons.Body, buttons.Footer);
                CheckButtons(check, buttons.Buttons);
                break;
            case ListContent list:
                CheckFrame(check, list.Header, list.Body, list.Footer);
                if (list.Header?.Media is not null) check.Add("header", "must be a text");
                check.Length("button", list.Button, 1, ButtonTitleMax);
                CheckSections(check, list.Sections);
                break;
            case CtaUrlContent cta:
                CheckFrame(check, cta.Header, cta.Body, cta.Footer);
                check.Length("display_text", cta.DisplayText, 1, ButtonTitleMax);
                CheckUrl(check, cta.Url);
                break;
            case TemplateContent template:
                TemplateContentRules.Check(check, template);
                break;
            default:
                throw new InvalidOperationException($"{content.GetType().Name} has no limits.");
        }

        return check.Violations;
    }

    private static void CheckFrame(LimitCheck check, InteractiveHeader? header, string body, string? footer)
    {
        if (header?.Text is { } text) check.Length("header", text, 1, HeaderMax);
        check.Length("body", body, 1, InteractiveBodyMax);
        if (footer is not null) check.Length("footer", footer, 1, FooterMax);
    }

    private static void CheckButtons(LimitCheck check, IReadOnlyList<ReplyButton> buttons)
    {
        check.Count("buttons", buttons.Count, 1, ButtonsMax);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < buttons.Count; i++)
        {
            var field = $"buttons[{i}]";
            check.Length(field + ".id", buttons[i].Id, 1, ButtonIdMax);
            check.Length(field + ".title", buttons[i].Title, 1, ButtonTitleMax);
            if (!ids.Add(buttons[i].Id)) check.Add(field + ".id", "must differ from the other buttons' ids");
            if (!titles.Add(buttons[i].Title)) check.Add(field + ".title", "must differ from the other buttons' titles");
        }
    }

    private static void CheckSections(LimitCheck check, IReadOnlyList<ListSection> sections)
    {
        check.Count("sections", sections.Count, 1, SectionsMax);
        check.Count("sections.rows", sections.Sum(section => section.Rows.Count), 1, RowsMax);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sections.Count; i++)
        {
            var field = $"sections[{i}]";
            if (sections[i].Title is { } title) check.Length(field + ".title", title, 1, SectionTitleMax);
            else if (sections.Count > 1) check.Add(field + ".title", "is required when there is more than one section");

            for (var j = 0; j < sections[i].Rows.Count; j++) CheckRow(check, $"{field}.rows[{j}]", sections[i].Rows[j], ids);
        }
    }

    private static void CheckRow(LimitCheck check, string field, ListRow row, HashSet<string> ids)
    {
        check.Length(field + ".id", row.Id, 1, RowIdMax);
        check.Length(field + ".title", row.Title, 1, RowTitleMax);
        if (row.Description is { } description) check.Length(field + ".description", description, 1, RowDescriptionMax);
        if (!ids.Add(row.Id)) check.Add(field + ".id", "must differ from the other rows' ids");
    }

    private static void CheckUrl(LimitCheck check, string url)
    {
        check.Length("url", url, 1, UrlMax);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            check.Add("url", "must be an absolute http or https address");
    }
}
