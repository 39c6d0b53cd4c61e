using System.Text.Json;

namespace Herald.WhatsApp.Templates;

/// <summary>Writes the body of a create request.</summary>
internal static class TemplateDefinitionWriter
{
    public static void Write(Utf8JsonWriter writer, TemplateDefinition template)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, template.Name);
        writer.WriteString("language"u8, template.Language);
        writer.WriteString("category"u8, template.Category);
        writer.WriteString("parameter_format"u8, template.ParameterFormat == ParameterFormat.Named ? "NAMED"u8 : "POSITIONAL"u8);
        if (template.MessageSendTtlSeconds is { } ttl) writer.WriteNumber("message_send_ttl_seconds"u8, ttl);
        writer.WriteStartArray("components"u8);
        if (template.Header is { } header) WriteHeader(writer, header, template.ParameterFormat);
        WriteBody(writer, template);
        WriteFooter(writer, template);
        foreach (var other in template.OtherComponents) writer.WriteRawValue(other.Json);
        WriteButtons(writer, template.Buttons);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter writer, TemplateHeader header, ParameterFormat format)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "HEADER"u8);
        writer.WriteString("format"u8, header.FormatName);
        if (header.Text is { } text) writer.WriteString("text"u8, text);
        if (header.Example is { } example)
        {
            writer.WriteStartObject("example"u8);
            if (format == ParameterFormat.Named)
            {
                writer.WriteStartArray("header_text_named_params"u8);
                WriteNamed(writer, example);
            }
            else
            {
                writer.WriteStartArray("header_text"u8);
                writer.WriteStringValue(example.Value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        else if (header.MediaExample is { } handle)
        {
            writer.WriteStartObject("example"u8);
            writer.WriteStartArray("header_handle"u8);
            writer.WriteStringValue(handle);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, TemplateDefinition template)
    {
        if (template.Body is null && template.AddSecurityRecommendation is null) return;

        writer.WriteStartObject();
        writer.WriteString("type"u8, "BODY"u8);
        if (template.Body is { } text) writer.WriteString("text"u8, text);
        if (template.AddSecurityRecommendation is { } recommendation) writer.WriteBoolean("add_security_recommendation"u8, recommendation);
        if (template.BodyExamples.Count > 0) WriteBodyExamples(writer, template);
        writer.WriteEndObject();
    }

    private static void WriteBodyExamples(Utf8JsonWriter writer, TemplateDefinition template)
    {
        writer.WriteStartObject("example"u8);
        if (template.ParameterFormat == ParameterFormat.Named)
        {
            writer.WriteStartArray("body_text_named_params"u8);
            foreach (var example in template.BodyExamples) WriteNamed(writer, example);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartArray("body_text"u8);
            writer.WriteStartArray();
            foreach (var example in template.BodyExamples) writer.WriteStringValue(example.Value);
            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter writer, TemplateExample example)
    {
        writer.WriteStartObject();
        writer.WriteString("param_name"u8, example.Variable);
        writer.WriteString("example"u8, example.Value);
        writer.WriteEndObject();
    }

    private static void WriteFooter(Utf8JsonWriter writer, TemplateDefinition template)
    {
        if (template.Footer is null && template.CodeExpirationMinutes is null) return;

        writer.WriteStartObject();
        writer.WriteString("type"u8, "FOOTER"u8);
        if (template.Footer is { } text) writer.WriteString("text"u8, text);
        if (template.CodeExpirationMinutes is { } minutes) writer.WriteNumber("code_expiration_minutes"u8, minutes);
        writer.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter writer, IReadOnlyList<TemplateButton> buttons)
    {
        if (buttons.Count == 0) return;

        writer.WriteStartObject();
        writer.WriteString("type"u8, "BUTTONS"u8);
        writer.WriteStartArray("buttons"u8);
        foreach (var button in buttons)
        {
            if (button.Json is { } json) writer.WriteRawValue(json);
            else WriteButton(writer, button);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteButton(Utf8JsonWriter writer, TemplateButton button)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, button.TypeName);
        if (button.Text is { } text) writer.WriteString("text"u8, text);
        if (button.Url is { } url) writer.WriteString("url"u8, url);
        if (button.PhoneNumber is { } number) writer.WriteString("phone_number"u8, number);
        if (button.Example is { } example && button.Type == TemplateButtonType.Url)
        {
            writer.WriteStartArray("example"u8);
            writer.WriteStringValue(example);
            writer.WriteEndArray();
        }
        else if (button.Example is { } code)
        {
            writer.WriteString("example"u8, code);
        }

        writer.WriteEndObject();
    }
}
