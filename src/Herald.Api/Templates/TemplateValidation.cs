using Herald.Api.Errors;
using Herald.Contracts.Templates.V1;
using Herald.WhatsApp;
using Herald.WhatsApp.Templates;
using TemplateButton = Herald.Contracts.Templates.V1.TemplateButton;

namespace Herald.Api.Templates;

/// <summary>The rules of templates: WhatsApp's, told with the paths of the contract, and what the contract adds.</summary>
internal static class TemplateValidation
{
    private const int NameMax = 512;
    private const int LanguageMax = 20;
    private const int TextMax = 10_000;
    private const int ExampleMax = 200;
    private const int ButtonsMax = 10;

    /// <summary>Checks a new template.</summary>
    public static TemplateDefinition Check(this Violations violations, string path, Template template)
    {
        violations.GraphId($"{path}.waba_id", template.WabaId);
        violations.Text($"{path}.template_name", template.TemplateName, NameMax);
        violations.Text($"{path}.language", template.Language, LanguageMax);
        violations.Required($"{path}.category", template.Category);
        if (template.Category == TemplateCategory.Authentication)
            violations.Add($"{path}.category", Rules.NotAllowed, "MARKETING and UTILITY are accepted.");
        violations.Text($"{path}.body.text", template.Body?.Text ?? "", TextMax);
        CheckButtons(violations, path, template);
        var definition = template.ToDefinition();
        // Absurd sizes are refused before each rule reads them through.
        if (violations.Found.Any(violation => violation.Rule == Rules.TooLong))
            return definition;
        CheckExamples(violations, path, template, definition);
        var reported = violations.Found.Select(violation => violation.Field).ToHashSet(StringComparer.Ordinal);
        foreach (var violation in TemplateRules.Validate(definition))
        {
            var field = $"{path}.{FieldOf(template, violation.Field)}";
            if (!reported.Contains(field))
                violations.Add(field, RuleOf(violation), $"It {violation.Rule}.");
        }
        return definition;
    }

    private static void CheckButtons(Violations violations, string path, Template template)
    {
        if (template.Buttons.Count > ButtonsMax)
            violations.Add($"{path}.buttons", Rules.TooLong, $"A template has at most {ButtonsMax} buttons.");
        for (var i = 0; i < Math.Min(template.Buttons.Count, ButtonsMax); i++)
        {
            if (template.Buttons[i].KindCase == TemplateButton.KindOneofCase.None)
                violations.Add($"{path}.buttons[{i}].kind", Rules.Required, "A button is a quick reply, an address or a phone number.");
            if (template.Buttons[i].Url?.Example.Length > ExampleMax)
                violations.Add($"{path}.buttons[{i}].url.example", Rules.TooLong, $"It may have at most {ExampleMax} characters.");
        }
    }

    private static void CheckExamples(Violations violations, string path, Template template, TemplateDefinition definition)
    {
        var parameters = TemplateParameters.Of(definition).All;
        CheckExamples(
            violations, $"{path}.body.examples", template.Body?.Examples,
            name => parameters.Any(parameter => parameter.Place == ParameterPlace.Body && parameter.Key == name));
        CheckExamples(
            violations, $"{path}.header.examples", template.Header?.Examples,
            name => parameters.Any(parameter =>
                parameter.Place == ParameterPlace.Header && (parameter.Key == name || parameter.Key == $"header.{name}")));
    }

    private static void CheckExamples(Violations violations, string field, IDictionary<string, string>? examples, Func<string, bool> isVariable)
    {
        foreach (var (name, value) in examples ?? new Dictionary<string, string>())
        {
            if (!isVariable(name))
                violations.Add(field, Rules.UnknownValue, "Examples are given by the names or numbers of variables in the text.");
            else if (value.Length == 0)
                violations.Add($"{field}[\"{name}\"]", Rules.Required, $"An example has 1 to {ExampleMax} characters.");
            else
                violations.OptionalText($"{field}[\"{name}\"]", value, ExampleMax);
        }
    }

    /// <summary>The path in the contract of a path in WhatsApp's shape.</summary>
    private static string FieldOf(Template template, string field)
    {
        if (!field.StartsWith("buttons[", StringComparison.Ordinal))
        {
            return field switch
            {
                "name" => "template_name",
                "header" => "header.text",
                "header.example" => "header.examples",
                "body" => "body.text",
                "body.example" => "body.examples",
                "footer" => "footer.text",
                _ => field,
            };
        }
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var index = int.Parse(field["buttons[".Length..field.IndexOf(']', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        var kind = template.Buttons[index].KindCase switch
        {
            TemplateButton.KindOneofCase.Url => "url",
            TemplateButton.KindOneofCase.PhoneNumber => "phone_number",
            _ => "quick_reply",
        };
        return dot < 0 ? field : $"{field[..dot]}.{kind}{field[dot..]}";
    }

    private static string RuleOf(Violation violation)
    {
        if (violation.Rule.Contains("required", StringComparison.Ordinal))
            return Rules.Required;
        return violation.Rule.Contains("characters long", StringComparison.Ordinal) ? Rules.TooLong : Rules.Malformed;
    }
}
