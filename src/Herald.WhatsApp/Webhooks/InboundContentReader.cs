using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Reads what a person wrote or tapped. A missing type is told from the members, since a STOP must not be lost for it.</summary>
internal static class InboundContentReader
{
    public static InboundContent Read(JsonElement message)
    {
        var type = message.Text("type"u8);
        switch (type ?? TypeByMember(message))
        {
            case "text":
                return new InboundText(message.Member("text"u8).Text("body"u8) ?? "");
            case "button":
                var button = message.Member("button"u8);
                return new InboundTemplateButton(button.Text("payload"u8), button.Text("text"u8));
            case "interactive":
                return ReadInteractive(message.Member("interactive"u8));
            default:
                return new InboundOther(type ?? "unknown");
        }
    }

    private static string? TypeByMember(JsonElement message)
    {
        if (message.Member("text"u8).ValueKind == JsonValueKind.Object) return "text";
        if (message.Member("button"u8).ValueKind == JsonValueKind.Object) return "button";
        return message.Member("interactive"u8).ValueKind == JsonValueKind.Object ? "interactive" : null;
    }

    private static InboundContent ReadInteractive(JsonElement interactive)
    {
        var button = interactive.Member("button_reply"u8);
        if (button.Text("id"u8) is { } buttonId) return new InboundButtonReply(buttonId, button.Text("title"u8));

        var list = interactive.Member("list_reply"u8);
        if (list.Text("id"u8) is { } rowId) return new InboundListReply(rowId, list.Text("title"u8));

        return new InboundOther("interactive/" + (interactive.Text("type"u8) ?? "unknown"));
    }
}
