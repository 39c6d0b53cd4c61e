using Herald.Domain.Control;
using Herald.WhatsApp.Messages;

namespace Herald.Grains.Control;

/// <summary>Replies of the conversation as WhatsApp shows them: buttons or a list where there is something to choose, else text.</summary>
internal static class ControlContent
{
    public static MessageContent Of(ControlReply reply)
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
