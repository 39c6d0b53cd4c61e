using System.Text.Json;

namespace Herald.Simulator;

/// <summary>Checks a template send against the template: state, then counts, then formats, then contents.</summary>
internal static class TemplateSendRules
{
    private const int BodyMax = 1024;
    private const int CodeMax = 15;

    public static GraphError? CheckShape(JsonElement body)
    {
        if (body.Member("template") is not { } template)
        {
            return GraphErrors.ParameterRequired("template");
        }

        if (string.IsNullOrEmpty(template.Text("name")))
        {
            return GraphErrors.ParameterRequired("template['name']");
        }

        if (template.Member("language") is not { } language || string.IsNullOrEmpty(language.Text("code")))
        {
            return GraphErrors.ParameterRequired("template['language']['code']");
        }

        return TemplateParameters.Read(template).FirstOrDefault(component => component.Type is not ("header" or "body" or "button")) is { } odd
            ? GraphErrors.ParameterOneOf("template['components']['type']", "HEADER, BODY, BUTTON", odd.Type)
            : null;
    }

    public static GraphError? Check(Template? template, JsonElement sent)
    {
        if (CheckState(template, sent) is { } state || template is null)
        {
            return CheckState(template, sent);
        }

        var components = TemplateParameters.Read(sent);
        return CheckCounts(template, components) ?? CheckFormats(template, components) ?? CheckContents(template, components);
    }

    private static GraphError? CheckState(Template? template, JsonElement sent) => template?.Status switch
    {
        TemplateStatus.Approved => null,
        TemplateStatus.Paused => MessageErrors.Plain(132015),
        TemplateStatus.Disabled => MessageErrors.Plain(132016),
        _ => MessageErrors.TemplateMissing(sent.Text("name") ?? "", sent.Member("language")?.Text("code") ?? ""),
    };

    private static GraphError? CheckCounts(Template template, IReadOnlyList<SentComponent> components)
    {
        var content = template.Content;
        if (content.HeaderFormat is null or "TEXT")
        {
            // A media parameter for a text header is a matter of format, not of count.
            var sent = ParametersOf(components, "header");
            if (sent.Count != content.HeaderVariables.Count && sent.All(parameter => TypeOf(parameter) is "TEXT" or "UNKNOWN"))
            {
                return MessageErrors.Count("header", sent.Count, content.HeaderVariables.Count);
            }
        }

        var body = ParametersOf(components, "body").Count;
        return body == content.BodyVariables.Count ? null : MessageErrors.Count("body", body, content.BodyVariables.Count);
    }

    private static GraphError? CheckFormats(Template template, IReadOnlyList<SentComponent> components) =>
        CheckHeaderFormat(template.Content, ParametersOf(components, "header"))
        ?? CheckStyle("header", ParametersOf(components, "header"), template.Named, template.Content.HeaderVariables)
        ?? CheckTexts("body", ParametersOf(components, "body"))
        ?? CheckStyle("body", ParametersOf(components, "body"), template.Named, template.Content.BodyVariables)
        ?? CheckButtons(template.Content.Buttons, components);

    private static GraphError? CheckHeaderFormat(TemplateContent content, IReadOnlyList<JsonElement> parameters)
    {
        var received = parameters is [var first, ..] ? TypeOf(first) : "UNKNOWN";
        if (content.HeaderFormat is not { } expected || expected == "TEXT")
        {
            return parameters.Count > 0 && received != "TEXT"
                ? MessageErrors.Format($"header: Format mismatch, expected {content.HeaderFormat ?? "UNKNOWN"}, received {received}")
                : null;
        }

        if (received != expected)
        {
            return MessageErrors.Format($"header: Format mismatch, expected {expected}, received {received}");
        }

        var media = parameters[0].Member(expected.Lowered());
        return expected == "LOCATION"
            ? media?.ValueKind == JsonValueKind.Object ? null : MessageErrors.Missing("Parameter of type location is missing location value")
            : (media?.Text("id") is { Length: > 0 }) != (media?.Text("link") is { Length: > 0 }) ? null
            : MessageErrors.Missing($"Parameter of type {expected.Lowered()} needs either an id or a link");
    }

    private static GraphError? CheckTexts(string component, IReadOnlyList<JsonElement> parameters) =>
        parameters.Select(TypeOf).FirstOrDefault(type => type is not ("TEXT" or "CURRENCY" or "DATE_TIME")) is { } odd
            ? MessageErrors.Format($"{component}: Format mismatch, expected TEXT, received {odd}")
            : null;

    private static GraphError? CheckStyle(string component, IReadOnlyList<JsonElement> parameters, bool named, IReadOnlyList<string> variables)
    {
        foreach (var parameter in parameters.Where(parameter => TypeOf(parameter) == "TEXT"))
        {
            var name = parameter.Text("parameter_name");
            if (named && (name is null || !variables.Contains(name, StringComparer.Ordinal)))
            {
                return MessageErrors.Format($"{component}: Parameter name is missing or does not match a parameter of the template");
            }

            if (!named && name is not null)
            {
                return MessageErrors.Format($"{component}: Parameter name is not allowed for a template with positional parameters");
            }
        }

        return parameters.Select(parameter => parameter.Text("parameter_name")).OfType<string>().Distinct(StringComparer.Ordinal).Count()
            is var distinct && named && distinct != parameters.Count && parameters.Count > 0 && variables.Count > 0
            ? MessageErrors.Format($"{component}: Parameter name is given twice")
            : null;
    }

    private static GraphError? CheckButtons(IReadOnlyList<TemplateButton> buttons, IReadOnlyList<SentComponent> components)
    {
        foreach (var component in components.Where(component => component.Type == "button"))
        {
            if (component.Index < 0 || component.Index >= buttons.Count)
            {
                return MessageErrors.Format($"buttons: Button index {component.Index} does not exist in the template");
            }

            var type = buttons[component.Index].Type;
            var fits = component.SubType == type.Lowered() || (type == "OTP" && component.SubType is "url" or "copy_code");
            if (!fits)
            {
                return MessageErrors.Format($"buttons: Format mismatch at index {component.Index}, expected {type}, received {component.SubType.ToUpperInvariant()}");
            }
        }

        return null;
    }

    private static GraphError? CheckContents(Template template, IReadOnlyList<SentComponent> components)
    {
        for (var index = 0; index < template.Content.Buttons.Count; index++)
        {
            if (template.Content.Buttons[index].NeedsParameter && TemplateParameters.ButtonValue(components, index) is not { Length: > 0 })
            {
                return MessageErrors.Missing($"buttons: Button at index {index} of type {TitleOf(template.Content.Buttons[index].Type)} requires a parameter");
            }

            if (template.Content.Buttons[index].Type == "COPY_CODE" && TemplateParameters.ButtonValue(components, index)!.Length > CodeMax)
            {
                return MessageErrors.Value($"buttons: Coupon code length invalid. Min length: 1, Max length: {CodeMax}");
            }
        }

        foreach (var parameter in components.Where(component => component.Type != "button").SelectMany(component => component.Parameters))
        {
            if (TypeOf(parameter) == "TEXT" && CheckText(parameter) is { } wrong)
            {
                return wrong;
            }
        }

        var body = TemplateVariables.Fill(
            template.Content.BodyText, TemplateParameters.Values(components, "body", template.Content.BodyVariables));
        return body.CodePoints() > BodyMax ? MessageErrors.Plain(132005) : null;
    }

    private static GraphError? CheckText(JsonElement parameter)
    {
        if (parameter.Text("text") is not { } text)
        {
            return GraphErrors.Invalid("Parameter 'text' is mandatory for component parameter type 'text'");
        }

        return string.IsNullOrWhiteSpace(text) ? MessageErrors.Missing("Parameter of type text is missing text value")
            : text.AsSpan().ContainsAny('\n', '\r', '\t') || text.Contains("     ", StringComparison.Ordinal) ? MessageErrors.Whitespace()
            : null;
    }

    private static IReadOnlyList<JsonElement> ParametersOf(IReadOnlyList<SentComponent> components, string type) =>
        components.FirstOrDefault(component => component.Type == type)?.Parameters ?? [];

    private static string TypeOf(JsonElement parameter) => parameter.Text("type") is { Length: > 0 } type ? type.ToUpperInvariant() : "UNKNOWN";

    private static string TitleOf(string type) => type switch
    {
        "URL" or "OTP" => "Url",
        "COPY_CODE" => "CopyCode",
        _ => type,
    };
}
