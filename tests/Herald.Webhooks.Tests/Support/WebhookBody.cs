using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Herald.Webhooks.Tests.Support;

/// <summary>Composes the body of a delivery as Meta writes it.</summary>
internal sealed class WebhookBody
{
    private readonly JsonArray _changes = [];

    public static WebhookBody Empty => new();

    public string WabaId { get; init; } = "900";

    /// <summary>When Meta made it; null leaves it out.</summary>
    public DateTimeOffset? Time { get; init; }

    public WebhookBody Text(string phoneNumberId, string from, string wamid, string text, DateTimeOffset time) =>
        Message(phoneNumberId, from, wamid, time, new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } });

    public WebhookBody TemplateButton(string phoneNumberId, string from, string wamid, string payload, string text, DateTimeOffset time) =>
        Message(phoneNumberId, from, wamid, time, new JsonObject
        {
            ["type"] = "button",
            ["button"] = new JsonObject { ["payload"] = payload, ["text"] = text },
        });

    public WebhookBody Reply(string phoneNumberId, string from, string wamid, string kind, string id, string title, DateTimeOffset time) =>
        Message(phoneNumberId, from, wamid, time, new JsonObject
        {
            ["type"] = "interactive",
            ["interactive"] = new JsonObject { ["type"] = kind, [kind] = new JsonObject { ["id"] = id, ["title"] = title } },
        });

    public WebhookBody Message(string phoneNumberId, string? from, string wamid, DateTimeOffset time, JsonObject content)
    {
        content["id"] = wamid;
        content["timestamp"] = Seconds(time);
        if (from is not null)
            content["from"] = from;
        return Value(phoneNumberId, new JsonObject { ["messages"] = new JsonArray(content) });
    }

    /// <summary>A text of a person whose phone WhatsApp hides.</summary>
    public WebhookBody HiddenText(string phoneNumberId, string userId, string wamid, string text, DateTimeOffset time) =>
        Message(phoneNumberId, null, wamid, time, new JsonObject
        {
            ["from_user_id"] = userId,
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
        });

    public WebhookBody Status(string phoneNumberId, string wamid, string status, DateTimeOffset time, string? callback, int? error)
    {
        var item = new JsonObject { ["id"] = wamid, ["status"] = status, ["timestamp"] = Seconds(time), ["recipient_id"] = "16505550001" };
        if (callback is not null)
            item["biz_opaque_callback_data"] = callback;
        if (error is { } code)
            item["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["title"] = "Refused" });
        return Value(phoneNumberId, new JsonObject { ["statuses"] = new JsonArray(item) });
    }

    public WebhookBody Preference(string phoneNumberId, string phone, string preference, DateTimeOffset time) =>
        Preference(phoneNumberId, new JsonObject { ["wa_id"] = phone }, preference, time);

    public WebhookBody Preference(string phoneNumberId, JsonObject person, string preference, DateTimeOffset time)
    {
        person["category"] = "marketing_messages";
        person["value"] = preference;
        person["timestamp"] = Seconds(time);
        return Change("user_preferences", WithMetadata(phoneNumberId, new JsonObject { ["user_preferences"] = new JsonArray(person) }));
    }

    public WebhookBody TemplateStatus(string metaTemplateId, string name, string reason) =>
        Change("message_template_status_update", new JsonObject
        {
            ["event"] = name,
            ["message_template_id"] = metaTemplateId,
            ["message_template_name"] = "spring_sale",
            ["message_template_language"] = "en_US",
            ["reason"] = reason,
        });

    public WebhookBody Change(string field, JsonObject value)
    {
        _changes.Add(new JsonObject { ["field"] = field, ["value"] = value });
        return this;
    }

    public byte[] ToBytes()
    {
        var entry = new JsonObject { ["id"] = WabaId, ["changes"] = _changes };
        if (Time is { } time)
            entry["time"] = time.ToUnixTimeSeconds();
        return Encoding.UTF8.GetBytes(new JsonObject { ["object"] = "whatsapp_business_account", ["entry"] = new JsonArray(entry) }.ToJsonString());
    }

    public static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private WebhookBody Value(string phoneNumberId, JsonObject value) => Change("messages", WithMetadata(phoneNumberId, value));

    private static JsonObject WithMetadata(string phoneNumberId, JsonObject value)
    {
        value["messaging_product"] = "whatsapp";
        value["metadata"] = new JsonObject { ["display_phone_number"] = "16505550100", ["phone_number_id"] = phoneNumberId };
        return value;
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
