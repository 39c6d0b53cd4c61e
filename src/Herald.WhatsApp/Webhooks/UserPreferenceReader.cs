using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Reads the field <c>user_preferences</c>.</summary>
internal static class UserPreferenceReader
{
    private const string Field = "user_preferences";

    public static void Read(JsonElement value, string? wabaId, List<WebhookChange> changes)
    {
        var phoneNumberId = WebhookPeople.PhoneNumberId(value);
        if (value.Member("user_preferences"u8).ValueKind != JsonValueKind.Array)
        {
            changes.Add(new MalformedChange(Field, "the change has no preferences") { WabaId = wabaId, PhoneNumberId = phoneNumberId });
            return;
        }

        var contacts = new WebhookContacts(value);
        foreach (var preference in value.Items("user_preferences"u8)) changes.Add(ReadOne(contacts, preference, wabaId, phoneNumberId));
    }

    private static WebhookChange ReadOne(WebhookContacts contacts, JsonElement preference, string? wabaId, string? phoneNumberId)
    {
        if (preference.Text("value"u8) is not { } name)
            return new MalformedChange(Field, "a preference has no value") { WabaId = wabaId, PhoneNumberId = phoneNumberId };

        var waId = preference.Text("wa_id"u8);
        var phone = WebhookPeople.Phone(waId);
        var userId = WebhookPeople.UserId(preference.Text("user_id"u8), waId);
        var contact = contacts.Find(phone, userId);
        return new UserPreferenceChange(ToPreference(name))
        {
            WabaId = wabaId,
            PhoneNumberId = phoneNumberId,
            PreferenceName = name,
            Category = preference.Text("category"u8),
            Phone = phone ?? WebhookPeople.Phone(contact.Text("wa_id"u8)),
            UserId = userId ?? contact.Text("user_id"u8),
            ParentUserId = preference.Text("parent_user_id"u8) ?? contact.Text("parent_user_id"u8),
            Time = preference.UnixTime("timestamp"u8),
        };
    }

    private static MarketingPreference ToPreference(string name) => name switch
    {
        "stop" => MarketingPreference.Stop,
        "resume" => MarketingPreference.Resume,
        _ => MarketingPreference.Other,
    };
}
