using System.Globalization;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Messages;

/// <summary>Reads contents in Meta's shape. Strict in what it does not know: a stored message must not lose a part silently.</summary>
internal static class ContentReader
{
    public static MessageContent Read(JsonElement root)
    {
        var type = root.Text("type"u8) ?? (root.Member("text"u8).ValueKind == JsonValueKind.Object ? "text" : null);
        return type?.ToLowerInvariant() switch
        {
            "text" => ReadText(root.Member("text"u8)),
            "template" => TemplateContentReader.Read(root.Member("template"u8)),
            "interactive" => ReadInteractive(root.Member("interactive"u8)),
            "image" or "video" or "document" or "audio" or "sticker" => ReadMediaContent(root, type),
            "location" => ReadLocation(root.Member("location"u8)),
            "reaction" => ReadReaction(root.Member("reaction"u8)),
            _ => throw new FormatException("The message is of a type that is not sent here."),
        };
    }

    public static MediaReference ReadMedia(JsonElement element)
    {
        var (kind, member) = element.Text("type"u8)?.ToUpperInvariant() switch
        {
            "IMAGE" => (MediaKind.Image, element.Member("image"u8)),
            "VIDEO" => (MediaKind.Video, element.Member("video"u8)),
            "DOCUMENT" => (MediaKind.Document, element.Member("document"u8)),
            "AUDIO" => (MediaKind.Audio, element.Member("audio"u8)),
            "STICKER" => (MediaKind.Sticker, element.Member("sticker"u8)),
            _ => throw new FormatException("The message has a header of a type that is not sent here."),
        };
        var fileName = member.Text("filename"u8);
        if (member.Text("id"u8) is { } id) return MediaReference.ById(kind, id, fileName);
        return MediaReference.ByLink(kind, Required(member, "link"u8), fileName);
    }

    public static string Required(JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.Text(name) ?? throw new FormatException($"The message lacks '{System.Text.Encoding.UTF8.GetString(name)}'.");

    private static TextContent ReadText(JsonElement text) =>
        new(Required(text, "body"u8)) { PreviewUrl = text.Flag("preview_url"u8) ?? false };

    private static MediaContent ReadMediaContent(JsonElement root, string type)
    {
        var member = root.Member(System.Text.Encoding.UTF8.GetBytes(type.ToLowerInvariant()));
        return new(ReadMedia(root)) { Caption = member.Text("caption"u8), IsVoice = member.Flag("voice"u8) ?? false };
    }

    private static LocationContent ReadLocation(JsonElement location) =>
        new(Degrees(location, "latitude"u8), Degrees(location, "longitude"u8)) { Name = location.Text("name"u8), Address = location.Text("address"u8) };

    private static double Degrees(JsonElement location, ReadOnlySpan<byte> name) =>
        double.TryParse(Required(location, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
            ? degrees
            : throw new FormatException("The message has a place that is no number.");

    private static ReactionContent ReadReaction(JsonElement reaction) =>
        new(Required(reaction, "message_id"u8), reaction.Text("emoji"u8) ?? "");

    private static MessageContent ReadInteractive(JsonElement interactive)
    {
        var header = ReadHeader(interactive.Member("header"u8));
        var body = Required(interactive.Member("body"u8), "text"u8);
        var footer = interactive.Member("footer"u8).Text("text"u8);
        var action = interactive.Member("action"u8);
        switch (interactive.Text("type"u8)?.ToLowerInvariant())
        {
            case "button":
                return new ButtonsContent(body, ReadButtons(action)) { Header = header, Footer = footer };
            case "list":
                return new ListContent(body, Required(action, "button"u8), ReadSections(action)) { Header = header, Footer = footer };
            case "cta_url":
                var parameters = action.Member("parameters"u8);
                return new CtaUrlContent(body, Required(parameters, "display_text"u8), Required(parameters, "url"u8)) { Header = header, Footer = footer };
            default:
                throw new FormatException("The message is of an interactive type that is not sent here.");
        }
    }

    private static InteractiveHeader? ReadHeader(JsonElement header)
    {
        if (header.ValueKind != JsonValueKind.Object) return null;
        return string.Equals(header.Text("type"u8), "text", StringComparison.OrdinalIgnoreCase)
            ? InteractiveHeader.OfText(Required(header, "text"u8))
            : InteractiveHeader.OfMedia(ReadMedia(header));
    }

    private static List<ReplyButton> ReadButtons(JsonElement action)
    {
        var buttons = new List<ReplyButton>();
        foreach (var button in action.Items("buttons"u8))
        {
            var reply = button.Member("reply"u8);
            buttons.Add(new ReplyButton(Required(reply, "id"u8), Required(reply, "title"u8)));
        }

        return buttons;
    }

    private static List<ListSection> ReadSections(JsonElement action)
    {
        var sections = new List<ListSection>();
        foreach (var section in action.Items("sections"u8))
        {
            var rows = new List<ListRow>();
            foreach (var row in section.Items("rows"u8))
                rows.Add(new ListRow(Required(row, "id"u8), Required(row, "title"u8)) { Description = row.Text("description"u8) });
            sections.Add(new ListSection(section.Text("title"u8), rows));
        }

        return sections;
    }
}
