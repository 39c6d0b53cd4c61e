using System.Text.Json;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Finds out who a message or a status is about, from the element itself.</summary>
internal static class WebhookPeople
{
    public static string? PhoneNumberId(JsonElement value) => value.Member("metadata"u8).Text("phone_number_id"u8);

    /// <summary>A phone number as digits; some payloads put a user id where a number belongs, which is none.</summary>
    public static string? Phone(string? text)
    {
        if (text is null) return null;
        var digits = text.AsSpan().TrimStart('+');
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') ? digits.ToString() : null;
    }

    /// <summary>A user id, which some payloads put where a number belongs.</summary>
    public static string? UserId(string? userId, string? number) =>
        userId ?? (number is not null && Recipient.IsUserId(number) ? number : null);
}
