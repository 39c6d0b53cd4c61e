using System.Text.Json;

namespace Herald.Simulator;

/// <summary>Turns the request of an accepted message into what the phone shows.</summary>
internal static class PhoneRenderer
{
    public static PhoneMessage Render(AcceptedMessage message)
    {
        using var document = JsonDocument.Parse(message.Request);
        var root = document.RootElement;
        var plain = new PhoneMessage
        {
            MessageId = message.Wamid,
            PhoneNumberId = message.Number.Id,
            From = message.Number.Phone,
            Type = message.Type,
            Time = message.DeliveredAt,
            Body = BodyOf(root, message.Type),
            Media = root.Member(message.Type) is { } content && MediaKinds.Has(message.Type) ? content.Text("link") ?? content.Text("id") : null,
            CallbackData = message.CallbackData,
            ReplyTo = root.Member("context")?.Text("message_id") ?? root.Member("reaction")?.Text("message_id"),
        };
        return message.Template is { } template ? WithTemplate(plain, template, root.Member("template")!.Value)
            : root.Member("interactive") is { } interactive ? WithInteractive(plain, interactive)
            : plain;
    }

    private static string BodyOf(JsonElement root, string type) => root.Member(type) switch
    {
        { } text when type == "text" => text.Text("body"),
        { } reaction when type == "reaction" => reaction.Text("emoji"),
        { } location when type == "location" => location.Text("name"),
        { } media when MediaKinds.Has(type) => media.Text("caption"),
        _ => null,
    } ?? "";

    private static PhoneMessage WithTemplate(PhoneMessage plain, Template template, JsonElement sent)
    {
        var content = template.Content;
        var components = TemplateParameters.Read(sent);
        return plain with
        {
            TemplateName = template.Name,
            Header = content.HeaderFormat == "TEXT"
                ? TemplateVariables.Fill(content.HeaderText, TemplateParameters.Values(components, "header", content.HeaderVariables))
                : content.HeaderFormat is { } format ? "[" + format + "]" : null,
            Body = TemplateVariables.Fill(content.BodyText, TemplateParameters.Values(components, "body", content.BodyVariables)),
            Footer = content.FooterText.Length > 0 ? content.FooterText : null,
            Buttons = [.. content.Buttons.Select((button, index) => ToButton(button, TemplateParameters.ButtonValue(components, index)))],
        };
    }

    private static PhoneButton ToButton(TemplateButton button, string? parameter) =>
        new(parameter ?? button.Text, button.Text, button.Type.Lowered());

    private static PhoneMessage WithInteractive(PhoneMessage plain, JsonElement interactive)
    {
        var action = interactive.Member("action");
        var shown = plain with
        {
            Header = interactive.Member("header")?.Text("text"),
            Media = interactive.Member("header") is { } header && header.Keyword("type") is { } kind && header.Member(kind) is { } media
                ? media.Text("link") ?? media.Text("id")
                : null,
            Body = interactive.Member("body")?.Text("text") ?? "",
            Footer = interactive.Member("footer")?.Text("text"),
        };
        if (action is not { } present)
        {
            return shown;
        }

        return interactive.Keyword("type") switch
        {
            "list" => shown with
            {
                ListButton = present.Text("button"),
                Rows = [.. present.Items("sections").SelectMany(section => section.Items("rows").Select(row => ToRow(row, section.Text("title"))))],
            },
            "cta_url" => shown with { Buttons = [ToLink(present)] },
            _ => shown with { Buttons = [.. present.Items("buttons").Select(ToReply)] },
        };
    }

    private static PhoneRow ToRow(JsonElement row, string? section) =>
        new(row.Text("id") ?? "", row.Text("title") ?? "", row.Text("description"), section);

    private static PhoneButton ToLink(JsonElement action) =>
        new(action.Member("parameters")?.Text("url") ?? "", action.Member("parameters")?.Text("display_text") ?? "", "url");

    private static PhoneButton ToReply(JsonElement button) =>
        new(button.Member("reply")?.Text("id") ?? "", button.Member("reply")?.Text("title") ?? "", "reply");
}
