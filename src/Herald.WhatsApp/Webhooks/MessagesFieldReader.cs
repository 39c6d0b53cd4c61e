using System.Globalization;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Reads the field <c>messages</c>: inbound messages, statuses, and errors of the number itself.</summary>
internal static class MessagesFieldReader
{
    private const string Field = "messages";

    public static void Read(JsonElement value, string? wabaId, List<WebhookChange> changes)
    {
        var phoneNumberId = WebhookPeople.PhoneNumberId(value);
        var contacts = new WebhookContacts(value);
        var before = changes.Count;
        foreach (var message in value.Items("messages"u8)) changes.Add(ReadMessage(contacts, message, wabaId, phoneNumberId));
        foreach (var status in value.Items("statuses"u8)) changes.Add(ReadStatus(contacts, status, wabaId, phoneNumberId));
        foreach (var error in value.Items("errors"u8))
        {
            var code = error.Int("code"u8)?.ToString(CultureInfo.InvariantCulture) ?? "";
            changes.Add(new UnknownChange(Field, "error " + code) { WabaId = wabaId, PhoneNumberId = phoneNumberId });
        }

        if (changes.Count == before) changes.Add(new UnknownChange(Field, "") { WabaId = wabaId, PhoneNumberId = phoneNumberId });
    }

    private static WebhookChange ReadMessage(WebhookContacts contacts, JsonElement message, string? wabaId, string? phoneNumberId)
    {
        if (message.Text("id"u8) is not { } wamid)
            return new MalformedChange(Field, "a message has no id") { WabaId = wabaId, PhoneNumberId = phoneNumberId };

        var from = message.Text("from"u8);
        var phone = WebhookPeople.Phone(from);
        var userId = WebhookPeople.UserId(message.Text("from_user_id"u8), from);
        var contact = contacts.Find(phone, userId);
        var profile = contact.Member("profile"u8);
        return new InboundMessageChange(wamid, InboundContentReader.Read(message))
        {
            WabaId = wabaId,
            PhoneNumberId = phoneNumberId,
            FromPhone = phone ?? WebhookPeople.Phone(contact.Text("wa_id"u8)),
            FromUserId = userId ?? contact.Text("user_id"u8),
            ParentUserId = message.Text("from_parent_user_id"u8) ?? contact.Text("parent_user_id"u8),
            ProfileName = profile.Text("name"u8),
            Username = profile.Text("username"u8),
            Time = message.UnixTime("timestamp"u8),
            ContextMessageId = message.Member("context"u8).Text("id"u8),
            GroupId = message.Text("group_id"u8),
        };
    }

    private static WebhookChange ReadStatus(WebhookContacts contacts, JsonElement status, string? wabaId, string? phoneNumberId)
    {
        if (status.Text("id"u8) is not { } wamid)
            return new MalformedChange(Field, "a status has no message id") { WabaId = wabaId, PhoneNumberId = phoneNumberId };

        var recipient = status.Text("recipient_id"u8);
        var phone = WebhookPeople.Phone(recipient);
        var userId = WebhookPeople.UserId(status.Text("recipient_user_id"u8), recipient);
        // Most statuses say it all themselves.
        var contact = phone is null || userId is null ? contacts.Find(phone, userId) : default;
        var pricing = status.Member("pricing"u8);
        JsonElement error = default;
        foreach (var item in status.Items("errors"u8))
        {
            error = item;
            break;
        }

        var statusName = status.Text("status"u8) ?? "";
        return new MessageStatusChange(wamid, ToStatus(statusName))
        {
            WabaId = wabaId,
            PhoneNumberId = phoneNumberId,
            StatusName = statusName,
            Time = status.UnixTime("timestamp"u8),
            CallbackData = status.Text("biz_opaque_callback_data"u8),
            RecipientPhone = phone ?? WebhookPeople.Phone(contact.Text("wa_id"u8)),
            RecipientUserId = userId ?? contact.Text("user_id"u8),
            ErrorCode = error.Int("code"u8),
            ErrorTitle = error.Text("title"u8),
            ErrorDetails = error.Member("error_data"u8).Text("details"u8),
            PricingCategory = pricing.Text("category"u8),
            PricingType = pricing.Text("type"u8),
        };
    }

    private static DeliveryStatus ToStatus(string name) => name switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "failed" => DeliveryStatus.Failed,
        _ => DeliveryStatus.Other,
    };
}
