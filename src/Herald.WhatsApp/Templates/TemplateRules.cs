using Herald.Domain.Templates;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>Meta's rules for a new template, checked before it is submitted, so that a person learns all of them at once.</summary>
public static class TemplateRules
{
    /// <summary>The rule for a template's name.</summary>
    public const string NameRule = "must be 1 to 512 characters of a to z, 0 to 9 and underscore";

    private const int NameMax = 512;
    private const int BodyMax = 1024;
    private const int HeaderMax = 60;
    private const int FooterMax = 60;
    private const int CodeMinutesMax = 90;

    /// <summary>Whether a text can be a template's name.</summary>
    /// <param name="name">The text.</param>
    /// <returns>True if it follows <see cref="NameRule"/>.</returns>
    public static bool IsName(string? name)
    {
        if (name is not { Length: >= 1 and <= NameMax }) return false;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '_') return false;
        }

        return true;
    }

    /// <summary>Checks a template against every rule that Meta publishes.</summary>
    /// <param name="template">The template.</param>
    /// <returns>Every rule it breaks; empty if Meta should take it into review.</returns>
    public static IReadOnlyList<Violation> Validate(TemplateDefinition template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var check = new LimitCheck();
        if (!IsName(template.Name)) check.Add("name", NameRule);
        if (!TemplateLanguages.IsKnown(template.Language)) check.Add("language", "must be one of WhatsApp's language codes, such as en_US");

        var category = TemplateWords.ToCategory(template.Category);
        if (category is null) check.Add("category", "must be MARKETING, UTILITY or AUTHENTICATION");
        if (category == TemplateCategory.Authentication)
        {
            CheckAuthentication(check, template);
        }
        else
        {
            CheckHeader(check, template);
            CheckBody(check, template);
            CheckFooter(check, template.Footer);
        }

        TemplateButtonRules.Check(check, template.Buttons);
        TemplateTtlRules.Check(check, template.MessageSendTtlSeconds, category);
        return check.Violations;
    }

    private static void CheckAuthentication(LimitCheck check, TemplateDefinition template)
    {
        if (template.Header is not null) check.Add("header", "must be absent in an authentication template");
        if (template.Footer is not null) check.Add("footer", "is fixed by WhatsApp in an authentication template");
        if (template.CodeExpirationMinutes is < 1 or > CodeMinutesMax) check.Add("footer.code_expiration_minutes", $"must be 1 to {CodeMinutesMax}");
        if (template.Buttons is not [{ Type: TemplateButtonType.Otp }]) check.Add("buttons", "must be exactly one button for the code");
    }

    private static void CheckHeader(LimitCheck check, TemplateDefinition template)
    {
        if (template.Header is not { } header) return;
        if (header.Format is HeaderFormat.Image or HeaderFormat.Video or HeaderFormat.Document)
        {
            if (header.MediaExample is null) check.Add("header.example", "is required for a header of media");
            return;
        }

        if (header.Format == HeaderFormat.Other) return;
        var text = header.Text ?? "";
        check.Length("header", text, 1, HeaderMax);
        if (text.AsSpan().ContainsAny('\n', '\r')) check.Add("header", "must not have a line break");
        if (TemplateVariables.Replace(text, static _ => "").AsSpan().ContainsAny("*_~`")) check.Add("header", "must not have formatting characters (* _ ~ `) outside variables");
        if (TemplateEmoji.IsIn(text)) check.Add("header", "must not have emoji");

        var variables = TemplateVariables.Find(text);
        if (variables.Count > 1) check.Add("header", "must have at most one variable");
        TemplateVariableRules.Check(check, "header", text, template.ParameterFormat);
        if (variables.Count > 0 && header.Example is null) check.Add("header.example", "is required for the variable");
    }

    private static void CheckBody(LimitCheck check, TemplateDefinition template)
    {
        var body = template.Body ?? "";
        check.Length("body", body, 1, BodyMax);
        if (body.ReplaceLineEndings("\n").Contains("\n\n\n", StringComparison.Ordinal)) check.Add("body", "must not have more than two line breaks in a row");

        TemplateVariableRules.Check(check, "body", body, template.ParameterFormat);
        TemplateVariableRules.CheckPlaces(check, "body", body);
        foreach (var name in TemplateVariables.Names(body))
        {
            if (!template.BodyExamples.Any(example => example.Variable == name && !string.IsNullOrWhiteSpace(example.Value)))
                check.Add("body.example", $"is required for the variable {name}");
        }
    }

    private static void CheckFooter(LimitCheck check, string? footer)
    {
        if (footer is null) return;
        check.Length("footer", footer, 1, FooterMax);
        if (footer.AsSpan().ContainsAny('\n', '\r')) check.Add("footer", "must not have a line break");
        if (TemplateVariables.Find(footer).Count > 0) check.Add("footer", "must not have variables");
    }
}
