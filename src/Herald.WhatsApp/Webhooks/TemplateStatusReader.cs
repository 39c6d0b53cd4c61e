using System.Text.Json;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Reads the field <c>message_template_status_update</c>.</summary>
internal static class TemplateStatusReader
{
    private const string Field = "message_template_status_update";

    public static WebhookChange Read(JsonElement value, string? wabaId, DateTimeOffset? entryTime)
    {
        // Quality updates were seen under this field; they have no event.
        if (value.Text("event"u8) is not { } name) return new UnknownChange(Field, "") { WabaId = wabaId };

        var language = value.Text("message_template_language"u8);
        var reason = value.Text("reason"u8);
        return new TemplateStatusChange(name.ToUpperInvariant())
        {
            WabaId = wabaId,
            TemplateId = value.Text("message_template_id"u8),
            Name = value.Text("message_template_name"u8),
            Language = language is null ? null : TemplateWords.NormaliseLanguage(language),
            Reason = string.Equals(reason, "NONE", StringComparison.OrdinalIgnoreCase) ? null : reason,
            Category = value.Text("message_template_category"u8)?.ToUpperInvariant(),
            PauseTitle = value.Member("other_info"u8).Text("title"u8),
            Time = entryTime,
        };
    }
}
