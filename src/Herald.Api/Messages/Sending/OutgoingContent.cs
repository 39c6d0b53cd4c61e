using Herald.Api.Errors;
using Herald.Contracts.Messages.V1;
using Herald.WhatsApp;
using Herald.WhatsApp.Messages;
using ContentCase = Herald.Contracts.Messages.V1.OutgoingMessage.ContentOneofCase;
using OutgoingMessage = Herald.Contracts.Messages.V1.OutgoingMessage;

namespace Herald.Api.Messages.Sending;

/// <summary>What a free-form message says: the contract's words into WhatsApp's, and WhatsApp's rules told with the contract's paths.</summary>
internal static class OutgoingContent
{
    private const int AnyMax = 10_000;
    private const int ItemsMax = 100;
    private const int WamidMax = 512;
    private const int ValueMax = 1_000;

    /// <summary>The content; null if there is none. What is wrong with it is noted.</summary>
    public static MessageContent? Read(Violations violations, string path, OutgoingMessage message)
    {
        var part = PartOf(message.ContentCase);
        if (part.Length == 0)
        {
            violations.Add($"{path}.content", Rules.Required, "It is required: a template, or anything else.");
            return null;
        }
        var content = ToContent(violations, $"{path}.{part}", message);
        if (content is null)
            return null;
        foreach (var violation in MessageContentValidator.Validate(content))
        {
            var field = $"{path}.{part}.{FieldOf(message, violation.Field)}";
            if (!violations.Found.Any(found => found.Field == field || found.Field.StartsWith($"{field}.", StringComparison.Ordinal)))
                violations.Add(field, RuleOf(violation), $"It {violation.Rule}.");
        }
        return content;
    }

    /// <summary>Checks a value of a template by itself.</summary>
    public static void CheckParameter(Violations violations, string field, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            violations.Add(field, Rules.Required, $"It has 1 to {ValueMax} characters and is not blank.");
        else if (value.Length > ValueMax)
            violations.Add(field, Rules.TooLong, $"It has 1 to {ValueMax} characters.");
    }

    /// <summary>Checks WhatsApp's id of a message.</summary>
    public static void CheckWamid(Violations violations, string field, string value)
    {
        if (value.Length > WamidMax)
            violations.Add(field, Rules.TooLong, $"It may have at most {WamidMax} characters.");
        else if (!MessageContentValidator.IsWamid(value))
            violations.Add(field, Rules.Malformed, "It is WhatsApp's id of a message, 'wamid.…'.");
    }

    private static MessageContent? ToContent(Violations violations, string path, OutgoingMessage message) => message.ContentCase switch
    {
        ContentCase.Text => new TextContent(message.Text.Text) { PreviewUrl = message.Text.PreviewLink },
        ContentCase.Image => ToMedia(violations, path, MediaKind.Image, message.Image),
        ContentCase.Video => ToMedia(violations, path, MediaKind.Video, message.Video),
        ContentCase.Audio => ToMedia(violations, path, MediaKind.Audio, message.Audio),
        ContentCase.Document => ToMedia(violations, path, MediaKind.Document, message.Document),
        ContentCase.Sticker => ToMedia(violations, path, MediaKind.Sticker, message.Sticker),
        ContentCase.Buttons => new ButtonsContent(
            message.Buttons.Text, [.. message.Buttons.Buttons.Take(ItemsMax).Select(button => new ReplyButton(button.ReplyId, button.Title))])
        {
            Header = ToHeader(violations, $"{path}.header", message.Buttons.Header),
            Footer = NullIfEmpty(message.Buttons.Footer),
        },
        ContentCase.List => new ListContent(message.List.Text, message.List.ButtonText, [.. message.List.Sections.Take(ItemsMax).Select(ToSection)])
        {
            Header = message.List.HeaderText.Length == 0 ? null : InteractiveHeader.OfText(message.List.HeaderText),
            Footer = NullIfEmpty(message.List.Footer),
        },
        ContentCase.Link => new CtaUrlContent(message.Link.Text, message.Link.ButtonText, message.Link.Url)
        {
            Header = ToHeader(violations, $"{path}.header", message.Link.Header),
            Footer = NullIfEmpty(message.Link.Footer),
        },
        ContentCase.Location => new LocationContent(message.Location.Latitude, message.Location.Longitude)
        {
            Name = NullIfEmpty(message.Location.PlaceName),
            Address = NullIfEmpty(message.Location.PlaceAddress),
        },
        ContentCase.Reaction => new ReactionContent(message.Reaction.WhatsappMessageId, message.Reaction.Emoji),
        _ => null,
    };

    private static ListSection ToSection(OutgoingSection section) => new(
        NullIfEmpty(section.Title),
        [.. section.Rows.Take(ItemsMax).Select(row => new ListRow(row.ReplyId, row.Title) { Description = NullIfEmpty(row.Description) })]);

    private static MediaContent? ToMedia(Violations violations, string path, MediaKind kind, OutgoingMedia media) =>
        ToReference(violations, path, kind, media) is { } reference
            ? new MediaContent(reference) { Caption = NullIfEmpty(media.Caption), IsVoice = media.Voice }
            : null;

    private static MediaReference? ToReference(Violations violations, string path, MediaKind kind, OutgoingMedia media)
    {
        violations.OptionalText($"{path}.caption", media.Caption, AnyMax);
        violations.OptionalText($"{path}.file_name", media.FileName, AnyMax);
        var fileName = NullIfEmpty(media.FileName);
        switch (media.SourceCase)
        {
            case OutgoingMedia.SourceOneofCase.MediaId:
                violations.GraphId($"{path}.media_id", media.MediaId);
                return string.IsNullOrWhiteSpace(media.MediaId) ? null : MediaReference.ById(kind, media.MediaId, fileName);
            case OutgoingMedia.SourceOneofCase.Link:
                violations.Text($"{path}.link", media.Link, AnyMax);
                return string.IsNullOrWhiteSpace(media.Link) ? null : MediaReference.ByLink(kind, media.Link, fileName);
            default:
                violations.Add($"{path}.source", Rules.Required, "It is required: the id of uploaded media, or a link.");
                return null;
        }
    }

    private static InteractiveHeader? ToHeader(Violations violations, string path, OutgoingHeader? header)
    {
        var (part, kind, media) = header?.HeaderCase switch
        {
            OutgoingHeader.HeaderOneofCase.Image => ("image", MediaKind.Image, header.Image),
            OutgoingHeader.HeaderOneofCase.Video => ("video", MediaKind.Video, header.Video),
            OutgoingHeader.HeaderOneofCase.Document => ("document", MediaKind.Document, header.Document),
            _ => ("", default, (OutgoingMedia?)null),
        };
        if (header is null)
            return null;
        if (media is null)
        {
            if (header.HeaderCase == OutgoingHeader.HeaderOneofCase.Text)
                return InteractiveHeader.OfText(header.Text);
            violations.Add($"{path}.header", Rules.Required, "It is required: a text, an image, a video or a document.");
            return null;
        }
        if (media.Caption.Length > 0)
            violations.Add($"{path}.{part}.caption", media.Caption.Length > AnyMax ? Rules.TooLong : Rules.NotAllowed, "A header has no caption.");
        return ToReference(violations, $"{path}.{part}", kind, media) is { } reference ? InteractiveHeader.OfMedia(reference) : null;
    }

    private static string PartOf(ContentCase content) => content switch
    {
        ContentCase.None => "",
        _ => content.ToString().ToLowerInvariant(),
    };

    /// <summary>The path in the contract, from the content, of a path in WhatsApp's shape.</summary>
    private static string FieldOf(OutgoingMessage message, string field)
    {
        var header = message.ContentCase switch
        {
            ContentCase.Buttons => message.Buttons.Header?.HeaderCase,
            ContentCase.Link => message.Link.Header?.HeaderCase,
            _ => null,
        };
        return (message.ContentCase, field) switch
        {
            (_, "body") => "text",
            (ContentCase.List, "header") => "header_text",
            (_, "header") => "header.text",
            (ContentCase.List, "button") => "button_text",
            (ContentCase.List, "sections.rows") => "sections",
            (_, "display_text") => "button_text",
            (ContentCase.Location, "name") => "place_name",
            (ContentCase.Location, "address") => "place_address",
            (ContentCase.Reaction, "message_id") => "whatsapp_message_id",
            _ when header is { } kind && field.StartsWith("header.", StringComparison.Ordinal) =>
                $"header.{kind.ToString()!.ToLowerInvariant()}{field["header".Length..]}",
            _ when field.EndsWith("].id", StringComparison.Ordinal) => $"{field[..^2]}reply_id",
            _ => field,
        };
    }

    private static string RuleOf(Violation violation)
    {
        if (violation.IsMissing || violation.Rule.Contains("required", StringComparison.Ordinal))
            return Rules.Required;
        if (violation.Rule.Contains("characters long", StringComparison.Ordinal) || violation.Rule.Contains("items", StringComparison.Ordinal))
            return Rules.TooLong;
        if (violation.Rule.Contains("degrees", StringComparison.Ordinal))
            return Rules.OutOfRange;
        if (violation.Rule.Contains("differ", StringComparison.Ordinal))
            return Rules.Duplicate;
        return violation.Rule.Contains("only", StringComparison.Ordinal) ? Rules.NotAllowed : Rules.Malformed;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
