using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>Meta's rules for the buttons of a template.</summary>
internal static class TemplateButtonRules
{
    private const int ButtonsMax = 10;
    private const int LabelMax = 25;
    private const int UrlButtonsMax = 2;
    private const int UrlMax = 2000;
    private const int PhoneNumberMax = 20;
    // Meta's page of components says 15, its page of coupons shows a code of 20: only what is longer than both is refused.
    internal const int CodeMax = 20;

    public static void Check(LimitCheck check, IReadOnlyList<TemplateButton> buttons)
    {
        if (buttons.Count > ButtonsMax) check.Add("buttons", $"must be at most {ButtonsMax}");
        CheckCount(check, buttons, "URL", UrlButtonsMax);
        CheckCount(check, buttons, "PHONE_NUMBER", 1);
        CheckCount(check, buttons, "COPY_CODE", 1);
        CheckCount(check, buttons, "FLOW", 1);
        CheckCount(check, buttons, "OTP", 1);
        CheckGrouping(check, buttons);

        for (var i = 0; i < buttons.Count; i++) CheckButton(check, $"buttons[{i}]", buttons[i]);
    }

    private static void CheckCount(LimitCheck check, IReadOnlyList<TemplateButton> buttons, string typeName, int max)
    {
        if (buttons.Count(button => button.TypeName == typeName) > max) check.Add("buttons", $"must have at most {max} of type {typeName}");
    }

    private static void CheckGrouping(LimitCheck check, IReadOnlyList<TemplateButton> buttons)
    {
        var runs = 0;
        for (var i = 0; i < buttons.Count; i++)
        {
            var isReply = buttons[i].Type == TemplateButtonType.QuickReply;
            if (isReply && (i == 0 || buttons[i - 1].Type != TemplateButtonType.QuickReply)) runs++;
        }

        if (runs > 1) check.Add("buttons", "must have its quick replies next to each other");
    }

    private static void CheckButton(LimitCheck check, string field, TemplateButton button)
    {
        // Meta fixes or defaults the label of the other types.
        if (button.Text is not null || button.Type is TemplateButtonType.QuickReply or TemplateButtonType.Url or TemplateButtonType.PhoneNumber)
            check.Length(field + ".text", button.Text ?? "", 1, LabelMax);

        switch (button.Type)
        {
            case TemplateButtonType.Url:
                CheckUrl(check, field, button);
                break;
            case TemplateButtonType.PhoneNumber:
                CheckPhoneNumber(check, field + ".phone_number", button.PhoneNumber ?? "");
                break;
            case TemplateButtonType.CopyCode:
                check.Length(field + ".example", button.Example ?? "", 1, CodeMax);
                break;
            default:
                break;
        }
    }

    private static void CheckUrl(LimitCheck check, string field, TemplateButton button)
    {
        var url = button.Url ?? "";
        check.Length(field + ".url", url, 1, UrlMax);
        var variables = TemplateVariables.Find(url);
        if (variables.Count > 1) check.Add(field + ".url", "must have at most one variable");
        if (variables.Count > 0)
        {
            if (variables[^1].End != url.Length) check.Add(field + ".url", "must have its variable at the end");
            if (variables[0].Name != "1") check.Add(field + ".url", "must write its variable {{1}}");
            if (button.Example is null) check.Add(field + ".example", "is required for the variable");
        }

        var address = TemplateVariables.Replace(url, static _ => "x");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps))
            check.Add(field + ".url", "must be an absolute http or https address");
    }

    private static void CheckPhoneNumber(LimitCheck check, string field, string number)
    {
        check.Length(field, number, 1, PhoneNumberMax);
        var digits = number.AsSpan().TrimStart('+');
        if (digits.Length == 0 || digits.ContainsAnyExceptInRange('0', '9')) check.Add(field, "must be digits, with or without a plus before them");
    }
}
