using Herald.Domain.Control;
using Herald.WhatsApp.Messages;

namespace Herald.Grains.Control;

/// <summary>
/// Replies of the conversation as WhatsApp shows them: buttons or a list where there is something to choose, else text. WhatsApp
/// promises no order between two messages, so what one turn says goes into one message as far as it fits.
/// </summary>
internal static class ControlContent
{
    private const string Between = "\n\n";

    public static IReadOnlyList<MessageContent> Of(IReadOnlyList<ControlReply> replies)
    {
        var joined = new List<ControlReply>();
        foreach (var reply in replies)
        {
            if (joined.Count > 0 && TryJoin(joined[^1], reply) is { } both)
                joined[^1] = both;
            else
                joined.Add(reply);
        }
        return [.. joined.Select(Of)];
    }

    /// <summary>A text and what follows it as one; null when the first offers something to choose, or both together are too long.</summary>
    private static ControlReply? TryJoin(ControlReply first, ControlReply second)
    {
        if (!IsPlain(first))
            return null;
        var text = first.Text + Between + second.Text;
        var longest = IsPlain(second) ? ControlLimits.PlainTextMax : ControlLimits.InteractiveTextMax;
        if (text.EnumerateRunes().Count() > longest)
            return null;
        if (second.Rows.Count > 0)
            return ControlReply.WithList(text, second.ListTitle, second.Rows);
        return second.Buttons.Count > 0 ? ControlReply.WithButtons(text, second.Buttons) : ControlReply.Plain(text);
    }

    private static bool IsPlain(ControlReply reply) => reply.Buttons.Count == 0 && reply.Rows.Count == 0;

    private static MessageContent Of(ControlReply reply)
    {
        if (reply.Rows.Count > 0)
        {
            var rows = reply.Rows.Select(row => new ListRow(row.Id, row.Title) { Description = row.Description.Length == 0 ? null : row.Description });
            return new ListContent(reply.Text, reply.ListTitle, [new ListSection(null, [.. rows])]);
        }
        return reply.Buttons.Count > 0
            ? new ButtonsContent(reply.Text, [.. reply.Buttons.Select(button => new ReplyButton(button.Id, button.Title))])
            : new TextContent(reply.Text);
    }
}
