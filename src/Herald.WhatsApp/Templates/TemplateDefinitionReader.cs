using System.Globalization;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Templates;

/// <summary>Reads a template in Meta's shape; words are upper-cased, unknown components and buttons are kept as they are.</summary>
internal static class TemplateDefinitionReader
{
    /// <summary>Reads a template; null when it has no name. A language or a category may be missing in a list with few fields.</summary>
    public static TemplateDefinition? Read(JsonElement root)
    {
        if (root.Text("name"u8) is not { } name) return null;

        var isNamed = string.Equals(root.Text("parameter_format"u8), "NAMED", StringComparison.OrdinalIgnoreCase);
        var template = new TemplateDefinition(name, ReadLanguage(root), root.Text("category"u8)?.ToUpperInvariant() ?? "")
        {
            ParameterFormat = isNamed ? ParameterFormat.Named : ParameterFormat.Positional,
            MessageSendTtlSeconds = root.Int("message_send_ttl_seconds"u8),
        };

        var others = new List<OtherComponent>();
        foreach (var component in root.Items("components"u8))
        {
            switch (component.Text("type"u8)?.ToUpperInvariant())
            {
                case "HEADER":
                    template = template with { Header = ReadHeader(component) };
                    break;
                case "BODY":
                    template = template with
                    {
                        Body = component.Text("text"u8),
                        BodyExamples = ReadExamples(component.Member("example"u8)),
                        AddSecurityRecommendation = component.Flag("add_security_recommendation"u8),
                    };
                    break;
                case "FOOTER":
                    template = template with { Footer = component.Text("text"u8), CodeExpirationMinutes = component.Int("code_expiration_minutes"u8) };
                    break;
                case "BUTTONS":
                    template = template with { Buttons = [.. component.Items("buttons"u8).Select(ReadButton)] };
                    break;
                case { } type:
                    others.Add(new OtherComponent(type, component.AsWritten()));
                    break;
                default:
                    break;
            }
        }

        return others.Count == 0 ? template : template with { OtherComponents = others };
    }

    private static string ReadLanguage(JsonElement root) =>
        root.Text("language"u8) ?? root.Member("language"u8).Text("code"u8) ?? "";

    private static TemplateHeader ReadHeader(JsonElement component)
    {
        // Examples seen without a format have a text.
        var formatName = component.Text("format"u8)?.ToUpperInvariant() ?? "TEXT";
        var example = component.Member("example"u8);
        TemplateExample? textExample = null;
        foreach (var item in example.Items("header_text_named_params"u8)) textExample ??= ReadNamed(item);
        foreach (var item in example.Items("header_text"u8))
        {
            if (item.AsText() is { } value) textExample ??= new TemplateExample("1", value);
        }

        string? handle = null;
        foreach (var item in example.Items("header_handle"u8)) handle ??= item.AsText();

        return new TemplateHeader(TemplateWords.ToHeaderFormat(formatName))
        {
            FormatName = formatName,
            Text = component.Text("text"u8),
            Example = textExample,
            MediaExample = handle,
        };
    }

    private static List<TemplateExample> ReadExamples(JsonElement example)
    {
        var examples = new List<TemplateExample>();
        foreach (var item in example.Items("body_text_named_params"u8))
        {
            if (ReadNamed(item) is { } named) examples.Add(named);
        }

        foreach (var row in example.Items("body_text"u8))
        {
            if (row.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in row.EnumerateArray()) AddPositional(examples, item);
                break;
            }

            // A flat list of texts is accepted by Meta as well.
            AddPositional(examples, row);
        }

        return examples;
    }

    private static void AddPositional(List<TemplateExample> examples, JsonElement item)
    {
        if (item.AsText() is { } value)
            examples.Add(new TemplateExample((examples.Count + 1).ToString(CultureInfo.InvariantCulture), value));
    }

    private static TemplateExample? ReadNamed(JsonElement item) =>
        item.Text("param_name"u8) is { } name && item.Text("example"u8) is { } value ? new TemplateExample(name, value) : null;

    private static TemplateButton ReadButton(JsonElement button)
    {
        var typeName = button.Text("type"u8)?.ToUpperInvariant() ?? "";
        var type = TemplateWords.ToButtonType(typeName);
        var example = button.Text("example"u8);
        foreach (var item in button.Items("example"u8)) example ??= item.AsText();
        return new TemplateButton(type)
        {
            TypeName = typeName,
            Text = button.Text("text"u8),
            Url = button.Text("url"u8),
            PhoneNumber = button.Text("phone_number"u8),
            Example = example,
            Json = type is TemplateButtonType.Otp or TemplateButtonType.Other ? button.AsWritten() : null,
        };
    }
}
