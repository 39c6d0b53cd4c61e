using System.Globalization;
using System.Text.Json;

namespace Herald.WhatsApp.Messages;

/// <summary>Writes the <c>template</c> member of a send.</summary>
internal static class TemplateContentWriter
{
    public static void Write(Utf8JsonWriter writer, TemplateContent template)
    {
        writer.WriteString("type"u8, "template"u8);
        writer.WriteStartObject("template"u8);
        writer.WriteString("name"u8, template.Name);
        writer.WriteStartObject("language"u8);
        writer.WriteString("code"u8, template.Language);
        writer.WriteEndObject();

        if (template.HeaderText is not null || template.HeaderMedia is not null || template.Body.Count > 0 || template.Buttons.Count > 0)
        {
            writer.WriteStartArray("components"u8);
            WriteHeader(writer, template);
            WriteBody(writer, template.Body);
            foreach (var button in template.Buttons) WriteButton(writer, button);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter writer, TemplateContent template)
    {
        if (template.HeaderText is null && template.HeaderMedia is null) return;

        writer.WriteStartObject();
        writer.WriteString("type"u8, "header"u8);
        writer.WriteStartArray("parameters"u8);
        if (template.HeaderText is { } text) WriteText(writer, text);
        if (template.HeaderMedia is { } media)
        {
            writer.WriteStartObject();
            ContentWriter.WriteMedia(writer, media);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, IReadOnlyList<TextParameter> body)
    {
        if (body.Count == 0) return;

        writer.WriteStartObject();
        writer.WriteString("type"u8, "body"u8);
        writer.WriteStartArray("parameters"u8);
        foreach (var parameter in body) WriteText(writer, parameter);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, TextParameter parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        if (parameter.Name is { } name) writer.WriteString("parameter_name"u8, name);
        writer.WriteString("text"u8, parameter.Text);
        writer.WriteEndObject();
    }

    private static void WriteButton(Utf8JsonWriter writer, TemplateButtonValue button)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "button"u8);
        writer.WriteString("sub_type"u8, SubType(button.Kind));
        writer.WriteString("index"u8, button.Index.ToString(CultureInfo.InvariantCulture));
        writer.WriteStartArray("parameters"u8);
        writer.WriteStartObject();
        var member = ValueMember(button.Kind);
        writer.WriteString("type"u8, member);
        writer.WriteString(member, button.Value);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> SubType(TemplateButtonKind kind) => kind switch
    {
        TemplateButtonKind.QuickReply => "quick_reply"u8,
        TemplateButtonKind.Url => "url"u8,
        TemplateButtonKind.CopyCode => "copy_code"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of button."),
    };

    // The member that carries a button's value is named like the parameter's type.
    private static ReadOnlySpan<byte> ValueMember(TemplateButtonKind kind) => kind switch
    {
        TemplateButtonKind.QuickReply => "payload"u8,
        TemplateButtonKind.Url => "text"u8,
        TemplateButtonKind.CopyCode => "coupon_code"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of button."),
    };
}
