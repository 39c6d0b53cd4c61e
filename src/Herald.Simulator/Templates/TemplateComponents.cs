using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>Checks and normalises the components of a template.</summary>
internal static class TemplateComponents
{
    private const int BodyMax = 1024;
    private const int HeaderMax = 60;
    private const int FooterMax = 60;
    private static readonly SearchValues<char> HeaderSigns = SearchValues.Create("\n\r*_~`");
    private static readonly string[] MediaFormats = ["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"];

    public static (TemplateContent? Content, GraphError? Error) Read(JsonElement components, string category, bool named)
    {
        var normal = new JsonArray();
        var content = new TemplateContent { Components = normal, BodyText = "" };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in components.EnumerateArray())
        {
            var type = (component.Text("type") ?? "").ToUpperInvariant();
            if (type is not ("HEADER" or "BODY" or "FOOTER" or "BUTTONS"))
            {
                return (null, GraphErrors.ParameterOneOf("components['type']", "HEADER, BODY, FOOTER, BUTTONS", type));
            }

            if (!seen.Add(type))
            {
                return (null, TemplateErrors.Component($"A template can have only one component of type {type}."));
            }

            var (next, error) = type switch
            {
                "HEADER" => Header(content, component, named),
                "BODY" => Body(content, component, category, named),
                "FOOTER" => Footer(content, component, category),
                _ => Buttons(content, component, category),
            };
            if (next is null)
            {
                return (null, error);
            }

            content = next;
            normal.Add(Normalise(component, type));
        }

        return seen.Contains("BODY") ? (content, null) : (null, TemplateErrors.MissingField("BODY", "text"));
    }

    private static (TemplateContent?, GraphError?) Header(TemplateContent content, JsonElement header, bool named)
    {
        var format = (header.Text("format") ?? "").ToUpperInvariant();
        if (format == "TEXT")
        {
            var text = header.Text("text") ?? "";
            var variables = TemplateVariables.Find(text);
            var error = text.Length == 0 ? TemplateErrors.MissingField("HEADER", "text")
                : text.CodePoints() > HeaderMax || variables.Count > 1 || HasHeaderSign(text) ? TemplateErrors.HeaderFormat()
                : TemplateVariables.CheckNames(text, named) ?? CheckExample(header, "HEADER", "header_text", variables, named);
            return error is null ? (content with { HeaderFormat = format, HeaderText = text, HeaderVariables = variables }, null) : (null, error);
        }

        if (!MediaFormats.Contains(format, StringComparer.Ordinal))
        {
            return (null, GraphErrors.ParameterOneOf("components['format']", "TEXT, " + string.Join(", ", MediaFormats), format));
        }

        var hasExample = format == "LOCATION" || header.Member("example")?.Items("header_handle").Count > 0;
        return hasExample ? (content with { HeaderFormat = format }, null) : (null, TemplateErrors.MissingField("HEADER", "example"));
    }

    private static (TemplateContent?, GraphError?) Body(TemplateContent content, JsonElement body, string category, bool named)
    {
        if (category == "AUTHENTICATION")
        {
            var advice = body.TryGetProperty("add_security_recommendation", out var add) && add.ValueKind == JsonValueKind.True
                ? " For your security, do not share this code."
                : "";
            return body.Text("text") is null
                ? (content with { BodyText = "*{{1}}* is your verification code." + advice, BodyVariables = ["1"] }, null)
                : (null, TemplateErrors.Component("The body text of an authentication template is fixed and cannot be given."));
        }

        var text = body.Text("text") ?? "";
        var variables = TemplateVariables.Find(text);
        var error = text.Length == 0 ? TemplateErrors.MissingField("BODY", "text")
            : text.CodePoints() > BodyMax ? TemplateErrors.BodyLength()
            : text.ReplaceLineEndings("\n").Contains("\n\n\n", StringComparison.Ordinal) ? TemplateErrors.BodyFormat()
            : TemplateVariables.CheckNames(text, named) is { } names ? names
            : TemplateVariables.StandsAtEdge(text) ? TemplateErrors.EdgeVariable()
            : TemplateVariables.AreTooMany(text) ? TemplateErrors.TooManyVariables()
            : CheckExample(body, "BODY", "body_text", variables, named);
        return error is null ? (content with { BodyText = text, BodyVariables = variables }, null) : (null, error);
    }

    private static (TemplateContent?, GraphError?) Footer(TemplateContent content, JsonElement footer, string category)
    {
        if (category == "AUTHENTICATION")
        {
            var minutes = footer.TryGetProperty("code_expiration_minutes", out var value) && value.TryGetInt32(out var number) ? number : 0;
            return minutes is >= 1 and <= 90
                ? (content with { FooterText = $"This code expires in {minutes} minutes." }, null)
                : (null, TemplateErrors.Component("code_expiration_minutes must be 1 to 90."));
        }

        var text = footer.Text("text") ?? "";
        return text.Length == 0 ? (null, TemplateErrors.MissingField("FOOTER", "text"))
            : text.CodePoints() > FooterMax || text.AsSpan().ContainsAny('\n', '\r') || TemplateVariables.Find(text).Count > 0
                ? (null, TemplateErrors.FooterFormat())
                : (content with { FooterText = text }, null);
    }

    private static (TemplateContent?, GraphError?) Buttons(TemplateContent content, JsonElement component, string category)
    {
        var (buttons, error) = TemplateButtons.Read(component.Items("buttons"), category);
        return buttons is null ? (null, error) : (content with { Buttons = buttons }, null);
    }

    private static GraphError? CheckExample(JsonElement component, string type, string member, IReadOnlyList<string> variables, bool named)
    {
        if (variables.Count == 0)
        {
            return null;
        }

        var given = component.Member("example") is not { } example ? 0
            : named ? example.Items(member + "_named_params").Count(item => variables.Contains(item.Text("param_name"), StringComparer.Ordinal))
            : member == "body_text" ? example.Items(member) is [{ ValueKind: JsonValueKind.Array } row, ..] ? row.GetArrayLength() : 0
            : example.Items(member).Count;
        return given >= variables.Count ? null : TemplateErrors.MissingField(type, "example");
    }

    private static bool HasHeaderSign(string text) =>
        TextWithoutVariables(text).AsSpan().ContainsAny(HeaderSigns) || text.EnumerateRunes().Any(IsEmoji);

    private static string TextWithoutVariables(string text) =>
        TemplateVariables.Find(text).Aggregate(text, (rest, name) => rest.Replace("{{" + name + "}}", "", StringComparison.Ordinal));

    private static bool IsEmoji(System.Text.Rune rune) => rune.Value is >= 0x1F000 and <= 0x1FAFF or >= 0x2600 and <= 0x27BF;

    private static JsonObject Normalise(JsonElement component, string type)
    {
        var normal = JsonObject.Create(component) ?? [];
        var members = normal.ToDictionary(member => member.Key, member => member.Value?.DeepClone());
        var copy = new JsonObject();
        foreach (var (name, value) in members)
        {
            copy[name] = name switch
            {
                "type" => type,
                "format" => value?.GetValue<string>().ToUpperInvariant(),
                "buttons" => NormaliseButtons(value),
                _ => value,
            };
        }

        return copy;
    }

    private static JsonNode? NormaliseButtons(JsonNode? buttons)
    {
        foreach (var button in buttons?.AsArray().OfType<JsonObject>() ?? [])
        {
            button["type"] = button["type"]?.GetValue<string>().ToUpperInvariant();
        }

        return buttons;
    }
}
