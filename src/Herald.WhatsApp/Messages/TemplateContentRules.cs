using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Messages;

/// <summary>Meta's limits for the values sent with a template.</summary>
internal static class TemplateContentRules
{
    private const int PayloadMax = 128;
    private const int UrlSuffixMax = 2000;
    private const int ButtonIndexMax = 9;

    public static void Check(LimitCheck check, TemplateContent template)
    {
        if (!TemplateRules.IsName(template.Name)) check.Add("name", TemplateRules.NameRule);
        if (!TemplateLanguages.IsKnown(template.Language)) check.Add("language", "must be one of WhatsApp's language codes");
        if (template.HeaderText is { } header) CheckValue(check, "header", header.Text);
        for (var i = 0; i < template.Body.Count; i++) CheckValue(check, $"body[{i}]", template.Body[i].Text);

        var indexes = new HashSet<int>();
        for (var i = 0; i < template.Buttons.Count; i++)
        {
            var button = template.Buttons[i];
            var field = $"buttons[{i}]";
            if (button.Index is < 0 or > ButtonIndexMax) check.Add(field + ".index", $"must be 0 to {ButtonIndexMax}");
            if (!indexes.Add(button.Index)) check.Add(field + ".index", "must differ from the other buttons' indexes");
            check.Length(field + ".value", button.Value, 1, LengthMax(button.Kind));
        }
    }

    private static int LengthMax(TemplateButtonKind kind) => kind switch
    {
        TemplateButtonKind.QuickReply => PayloadMax,
        TemplateButtonKind.CopyCode => TemplateButtonRules.CodeMax,
        _ => UrlSuffixMax,
    };

    private static void CheckValue(LimitCheck check, string field, string value)
    {
        if (TemplateValue.Problem(value) is { } problem) check.Add(field, problem);
    }
}
