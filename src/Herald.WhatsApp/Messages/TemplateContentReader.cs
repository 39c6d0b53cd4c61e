using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Messages;

/// <summary>Reads the <c>template</c> member of a send. Case of types does not matter and an index may be a text or a number, as at Meta.</summary>
internal static class TemplateContentReader
{
    private const string Unsupported = "The template has a part that is not sent here.";

    public static TemplateContent Read(JsonElement template)
    {
        var content = new TemplateContent(ContentReader.Required(template, "name"u8), ContentReader.Required(template.Member("language"u8), "code"u8));
        var body = new List<TextParameter>();
        var buttons = new List<TemplateButtonValue>();
        foreach (var component in template.Items("components"u8))
        {
            switch (component.Text("type"u8)?.ToUpperInvariant())
            {
                case "HEADER":
                    content = ReadHeader(content, component);
                    break;
                case "BODY":
                    foreach (var parameter in component.Items("parameters"u8)) body.Add(ReadText(parameter));
                    break;
                case "BUTTON":
                    ReadButton(component, buttons);
                    break;
                default:
                    throw new FormatException(Unsupported);
            }
        }

        return content with { Body = body, Buttons = buttons };
    }

    private static TemplateContent ReadHeader(TemplateContent content, JsonElement component)
    {
        foreach (var parameter in component.Items("parameters"u8))
        {
            content = IsType(parameter, "TEXT")
                ? content with { HeaderText = ReadText(parameter) }
                : content with { HeaderMedia = ContentReader.ReadMedia(parameter) };
        }

        return content;
    }

    private static TextParameter ReadText(JsonElement parameter)
    {
        if (!IsType(parameter, "TEXT")) throw new FormatException(Unsupported);

        // A blank value is kept as it is; whether it may be sent is the validator's word.
        var text = parameter.Member("text"u8);
        if (text.ValueKind != JsonValueKind.String) throw new FormatException("The message lacks 'text'.");
        return new TextParameter(LenientString.Read(text), parameter.Text("parameter_name"u8));
    }

    private static void ReadButton(JsonElement component, List<TemplateButtonValue> buttons)
    {
        var index = component.Int("index"u8) ?? throw new FormatException("The message lacks 'index'.");
        foreach (var parameter in component.Items("parameters"u8))
        {
            buttons.Add(component.Text("sub_type"u8)?.ToUpperInvariant() switch
            {
                "QUICK_REPLY" => new TemplateButtonValue(index, TemplateButtonKind.QuickReply, ContentReader.Required(parameter, "payload"u8)),
                "URL" => new TemplateButtonValue(index, TemplateButtonKind.Url, ContentReader.Required(parameter, "text"u8)),
                "COPY_CODE" => new TemplateButtonValue(index, TemplateButtonKind.CopyCode, ContentReader.Required(parameter, "coupon_code"u8)),
                _ => throw new FormatException(Unsupported),
            });
        }
    }

    private static bool IsType(JsonElement parameter, string type) =>
        string.Equals(parameter.Text("type"u8), type, StringComparison.OrdinalIgnoreCase);
}
