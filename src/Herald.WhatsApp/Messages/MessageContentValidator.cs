using System.Globalization;
using System.Text;

namespace Herald.WhatsApp.Messages;

/// <summary>Checks contents against Meta's limits before they are stored or sent. Lengths count Unicode code points.</summary>
public static class MessageContentValidator
{
    private const int TextBodyMax = 4096;
    private const int InteractiveBodyMax = 1024;
    private const int HeaderMax = 60;
    private const int FooterMax = 60;
    private const int ButtonsMax = 3;
    private const int ButtonTitleMax = 20;
    private const int ButtonIdMax = 256;
    private const int SectionsMax = 10;
    private const int RowsMax = 10;
    private const int SectionTitleMax = 24;
    private const int RowIdMax = 200;
    private const int RowTitleMax = 24;
    private const int RowDescriptionMax = 72;
    private const int UrlMax = 2000;
    private const int CaptionMax = 1024;
    private const int FileNameMax = 240;
    private const int PlaceNameMax = 256;
    private const int PlaceAddressMax = 512;
    private const int WamidMax = 512;
    private const int EmojiUnitsMax = 32;

    /// <summary>Checks a content.</summary>
    /// <param name="content">The content.</param>
    /// <returns>Every rule it breaks; empty if it may be sent.</returns>
    public static IReadOnlyList<Violation> Validate(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var check = new LimitCheck();
        switch (content)
        {
            case TextContent text:
                check.Length("body", text.Body, 1, TextBodyMax);
                break;
            case ButtonsContent buttons:
                CheckFrame(check, buttons.Header, buttons.Body, buttons.Footer);
                CheckButtons(check, buttons.Buttons);
                break;
            case ListContent list:
                CheckFrame(check, list.Header, list.Body, list.Footer);
                if (list.Header?.Media is not null) check.Add("header", "must be a text");
                check.Length("button", list.Button, 1, ButtonTitleMax);
                CheckSections(check, list.Sections);
                break;
            case CtaUrlContent cta:
                CheckFrame(check, cta.Header, cta.Body, cta.Footer);
                check.Length("display_text", cta.DisplayText, 1, ButtonTitleMax);
                CheckUrl(check, cta.Url);
                break;
            case TemplateContent template:
                TemplateContentRules.Check(check, template);
                break;
            case MediaContent media:
                CheckMedia(check, media);
                break;
            case LocationContent location:
                CheckLocation(check, location);
                break;
            case ReactionContent reaction:
                CheckWamid(check, "message_id", reaction.MessageId);
                if (!IsEmojiOrEmpty(reaction.Emoji)) check.Add("emoji", "must be one emoji, or empty to take it away");
                break;
            default:
                throw new InvalidOperationException($"{content.GetType().Name} has no limits.");
        }

        return check.Violations;
    }

    /// <summary>Whether a text has the form of Meta's id of a message, which is opaque otherwise.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for <c>wamid.</c> and at most 506 visible ASCII characters.</returns>
    public static bool IsWamid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 6 and <= WamidMax && text.StartsWith("wamid.", StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
    }

    private static void CheckWamid(LimitCheck check, string field, string text)
    {
        if (!IsWamid(text)) check.Add(field, "must be WhatsApp's id of a message, 'wamid.…'");
    }

    private static void CheckMedia(LimitCheck check, MediaContent content)
    {
        CheckReference(check, "", content.Media);
        if (content.Caption is { } caption)
        {
            if (content.Media.Kind is MediaKind.Audio or MediaKind.Sticker) check.Add("caption", "is for images, videos and documents only");
            check.Length("caption", caption, 1, CaptionMax);
        }

        if (content.IsVoice && content.Media.Kind != MediaKind.Audio) check.Add("voice", "is for audio only");
    }

    private static void CheckReference(LimitCheck check, string prefix, MediaReference media)
    {
        if (media.Id is { } id && !GraphId.IsValid(id)) check.Add(prefix + "media_id", "must be the id of uploaded media, 1 to 32 digits");
        if (media.Link is { } link)
        {
            check.Length(prefix + "link", link, 1, UrlMax);
            if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
                check.Add(prefix + "link", "must be an absolute https address");
        }

        if (media.FileName is { } fileName)
        {
            if (media.Kind != MediaKind.Document) check.Add(prefix + "file_name", "is for documents only");
            check.Length(prefix + "file_name", fileName, 1, FileNameMax);
        }
    }

    private static void CheckLocation(LimitCheck check, LocationContent location)
    {
        if (location.Latitude is not (>= -90 and <= 90)) check.Add("latitude", "must be -90 to 90 degrees");
        if (location.Longitude is not (>= -180 and <= 180)) check.Add("longitude", "must be -180 to 180 degrees");
        if (location.Name is { } name) check.Length("name", name, 1, PlaceNameMax);
        if (location.Address is { } address) check.Length("address", address, 1, PlaceAddressMax);
    }

    /// <summary>One character as people see it, without letters, spaces and controls; which of them are emoji is Meta's to say.</summary>
    private static bool IsEmojiOrEmpty(string text)
    {
        if (text.Length == 0) return true;
        if (text.Length > EmojiUnitsMax || StringInfo.GetNextTextElementLength(text) != text.Length) return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune) || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)) return false;
        }

        // A digit is the begin of a keycap, never an emoji by itself.
        return text.Length > 1 || !char.IsAscii(text[0]);
    }

    private static void CheckFrame(LimitCheck check, InteractiveHeader? header, string body, string? footer)
    {
        if (header?.Text is { } text) check.Length("header", text, 1, HeaderMax);
        if (header?.Media is { } media) CheckReference(check, "header.", media);
        if (header?.Media?.Kind is MediaKind.Audio or MediaKind.Sticker) check.Add("header", "must be a text, an image, a video or a document");
        check.Length("body", body, 1, InteractiveBodyMax);
        if (footer is not null) check.Length("footer", footer, 1, FooterMax);
    }

    private static void CheckButtons(LimitCheck check, IReadOnlyList<ReplyButton> buttons)
    {
        check.Count("buttons", buttons.Count, 1, ButtonsMax);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < buttons.Count; i++)
        {
            var field = $"buttons[{i}]";
            check.Length(field + ".id", buttons[i].Id, 1, ButtonIdMax);
            check.Length(field + ".title", buttons[i].Title, 1, ButtonTitleMax);
            if (!ids.Add(buttons[i].Id)) check.Add(field + ".id", "must differ from the other buttons' ids");
            if (!titles.Add(buttons[i].Title)) check.Add(field + ".title", "must differ from the other buttons' titles");
        }
    }

    private static void CheckSections(LimitCheck check, IReadOnlyList<ListSection> sections)
    {
        check.Count("sections", sections.Count, 1, SectionsMax);
        check.Count("sections.rows", sections.Sum(section => section.Rows.Count), 1, RowsMax);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sections.Count; i++)
        {
            var field = $"sections[{i}]";
            if (sections[i].Title is { } title) check.Length(field + ".title", title, 1, SectionTitleMax);
            else if (sections.Count > 1) check.Add(field + ".title", "is required when there is more than one section");

            for (var j = 0; j < sections[i].Rows.Count; j++) CheckRow(check, $"{field}.rows[{j}]", sections[i].Rows[j], ids);
        }
    }

    private static void CheckRow(LimitCheck check, string field, ListRow row, HashSet<string> ids)
    {
        check.Length(field + ".id", row.Id, 1, RowIdMax);
        check.Length(field + ".title", row.Title, 1, RowTitleMax);
        if (row.Description is { } description) check.Length(field + ".description", description, 1, RowDescriptionMax);
        if (!ids.Add(row.Id)) check.Add(field + ".id", "must differ from the other rows' ids");
    }

    private static void CheckUrl(LimitCheck check, string url)
    {
        check.Length("url", url, 1, UrlMax);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            check.Add("url", "must be an absolute http or https address");
    }
}
