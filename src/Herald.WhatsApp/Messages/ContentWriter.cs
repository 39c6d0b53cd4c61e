using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Herald.WhatsApp.Messages;

/// <summary>Writes contents in Meta's shape, both for the request body and for the database.</summary>
internal static class ContentWriter
{
    // Nine decimals are a tenth of a millimetre.
    private const string DegreesFormat = "0.#########";

    // Letters stay as they are: the body is UTF-8 and never part of a page, so the default escapes would only make it longer.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false };

    /// <summary>Writes the whole request body of a send.</summary>
    public static void WriteMessage(Utf8JsonWriter writer, OutgoingMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("messaging_product"u8, "whatsapp"u8);
        writer.WriteString("recipient_type"u8, "individual"u8);
        WriteRecipient(writer, message.To);
        WriteContext(writer, message.ContextMessageId);
        if (message.CallbackData is { } callback) writer.WriteString("biz_opaque_callback_data"u8, callback);
        WriteMembers(writer, message.Content);
        writer.WriteEndObject();
    }

    /// <summary>Writes the message that is quoted, if there is one.</summary>
    public static void WriteContext(Utf8JsonWriter writer, string? messageId)
    {
        if (messageId is null)
            return;
        writer.WriteStartObject("context"u8);
        writer.WriteString("message_id"u8, messageId);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>"type":…</c> and the member of that name into the object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, MessageContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(writer, text);
                break;
            case ButtonsContent buttons:
                WriteButtons(writer, buttons);
                break;
            case ListContent list:
                WriteList(writer, list);
                break;
            case CtaUrlContent cta:
                WriteCtaUrl(writer, cta);
                break;
            case TemplateContent template:
                TemplateContentWriter.Write(writer, template);
                break;
            case MediaContent media:
                WriteMedia(writer, media.Media, media.Caption, media.IsVoice);
                break;
            case LocationContent location:
                WriteLocation(writer, location);
                break;
            case ReactionContent reaction:
                WriteReaction(writer, reaction);
                break;
            default:
                throw new InvalidOperationException($"{content.GetType().Name} has no wire form.");
        }
    }

    public static void WriteMedia(Utf8JsonWriter writer, MediaReference media) => WriteMedia(writer, media, caption: null, isVoice: false);

    private static void WriteMedia(Utf8JsonWriter writer, MediaReference media, string? caption, bool isVoice)
    {
        var kind = KindName(media.Kind);
        writer.WriteString("type"u8, kind);
        writer.WriteStartObject(kind);
        if (media.Id is { } id) writer.WriteString("id"u8, id);
        if (media.Link is { } link) writer.WriteString("link"u8, link);
        if (media.FileName is { } fileName) writer.WriteString("filename"u8, fileName);
        if (caption is not null) writer.WriteString("caption"u8, caption);
        if (isVoice) writer.WriteBoolean("voice"u8, true);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> KindName(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image"u8,
        MediaKind.Video => "video"u8,
        MediaKind.Document => "document"u8,
        MediaKind.Audio => "audio"u8,
        MediaKind.Sticker => "sticker"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of media."),
    };

    private static void WriteLocation(Utf8JsonWriter writer, LocationContent location)
    {
        writer.WriteString("type"u8, "location"u8);
        writer.WriteStartObject("location"u8);
        // Meta takes numbers and texts; as texts no exponent can come about.
        writer.WriteString("latitude"u8, location.Latitude.ToString(DegreesFormat, CultureInfo.InvariantCulture));
        writer.WriteString("longitude"u8, location.Longitude.ToString(DegreesFormat, CultureInfo.InvariantCulture));
        if (location.Name is { } name) writer.WriteString("name"u8, name);
        if (location.Address is { } address) writer.WriteString("address"u8, address);
        writer.WriteEndObject();
    }

    private static void WriteReaction(Utf8JsonWriter writer, ReactionContent reaction)
    {
        writer.WriteString("type"u8, "reaction"u8);
        writer.WriteStartObject("reaction"u8);
        writer.WriteString("message_id"u8, reaction.MessageId);
        writer.WriteString("emoji"u8, reaction.Emoji);
        writer.WriteEndObject();
    }

    private static void WriteRecipient(Utf8JsonWriter writer, Recipient to)
    {
        if (to.Phone is not { } digits)
        {
            writer.WriteString("recipient"u8, to.UserId);
            return;
        }

        // Without the plus, Meta would put the sender's own country code before the number.
        Span<char> number = stackalloc char[digits.Length + 1];
        number[0] = '+';
        digits.CopyTo(number[1..]);
        writer.WriteString("to"u8, number);
    }

    private static void WriteText(Utf8JsonWriter writer, TextContent text)
    {
        writer.WriteString("type"u8, "text"u8);
        writer.WriteStartObject("text"u8);
        writer.WriteString("body"u8, text.Body);
        if (text.PreviewUrl) writer.WriteBoolean("preview_url"u8, true);
        writer.WriteEndObject();
    }

    private static void StartInteractive(Utf8JsonWriter writer, ReadOnlySpan<byte> kind, InteractiveHeader? header, string body, string? footer)
    {
        writer.WriteString("type"u8, "interactive"u8);
        writer.WriteStartObject("interactive"u8);
        writer.WriteString("type"u8, kind);
        if (header is not null) WriteHeader(writer, header);
        writer.WriteStartObject("body"u8);
        writer.WriteString("text"u8, body);
        writer.WriteEndObject();
        if (footer is not null)
        {
            writer.WriteStartObject("footer"u8);
            writer.WriteString("text"u8, footer);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("action"u8);
    }

    private static void EndInteractive(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter writer, InteractiveHeader header)
    {
        writer.WriteStartObject("header"u8);
        if (header.Media is { } media)
        {
            WriteMedia(writer, media);
        }
        else
        {
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, header.Text);
        }

        writer.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter writer, ButtonsContent content)
    {
        StartInteractive(writer, "button"u8, content.Header, content.Body, content.Footer);
        writer.WriteStartArray("buttons"u8);
        foreach (var button in content.Buttons)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "reply"u8);
            writer.WriteStartObject("reply"u8);
            writer.WriteString("id"u8, button.Id);
            writer.WriteString("title"u8, button.Title);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        EndInteractive(writer);
    }

    private static void WriteList(Utf8JsonWriter writer, ListContent content)
    {
        StartInteractive(writer, "list"u8, content.Header, content.Body, content.Footer);
        writer.WriteString("button"u8, content.Button);
        writer.WriteStartArray("sections"u8);
        foreach (var section in content.Sections)
        {
            writer.WriteStartObject();
            if (section.Title is { } title) writer.WriteString("title"u8, title);
            writer.WriteStartArray("rows"u8);
            foreach (var row in section.Rows) WriteRow(writer, row);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        EndInteractive(writer);
    }

    private static void WriteRow(Utf8JsonWriter writer, ListRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, row.Id);
        writer.WriteString("title"u8, row.Title);
        if (row.Description is { } description) writer.WriteString("description"u8, description);
        writer.WriteEndObject();
    }

    private static void WriteCtaUrl(Utf8JsonWriter writer, CtaUrlContent content)
    {
        StartInteractive(writer, "cta_url"u8, content.Header, content.Body, content.Footer);
        writer.WriteString("name"u8, "cta_url"u8);
        writer.WriteStartObject("parameters"u8);
        writer.WriteString("display_text"u8, content.DisplayText);
        writer.WriteString("url"u8, content.Url);
        writer.WriteEndObject();
        EndInteractive(writer);
    }
}
