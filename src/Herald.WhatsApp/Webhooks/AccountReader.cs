using System.Globalization;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Reads the fields <c>account_update</c> and <c>phone_number_quality_update</c>; what does not touch sending stays an unknown change.</summary>
internal static class AccountReader
{
    private const string Forbidden = "RESTRICTED_BIZ_INITIATED_MESSAGING";

    public static WebhookChange Read(string field, JsonElement value, string? wabaId, DateTimeOffset? entryTime)
    {
        var name = (value.Text("event"u8) ?? "").ToUpperInvariant();
        var kind = KindOf(field, name, value);
        if (kind is null)
            return new UnknownChange(field, value.Text("event"u8) ?? "") { WabaId = wabaId, PhoneNumberId = WebhookPeople.PhoneNumberId(value) };
        return new AccountChange(kind.Value, name)
        {
            WabaId = wabaId,
            DisplayPhoneNumber = field == "phone_number_quality_update" ? value.Text("display_phone_number"u8) : null,
            Until = kind == AccountChangeKind.Restricted ? EndOf(value) : null,
            Time = entryTime,
        };
    }

    private static AccountChangeKind? KindOf(string field, string name, JsonElement value) => (field, name) switch
    {
        ("phone_number_quality_update", "UNFLAGGED") => AccountChangeKind.Reinstated,
        ("phone_number_quality_update", "THROUGHPUT_UPGRADE") => AccountChangeKind.ThroughputRaised,
        ("account_update", "ACCOUNT_RESTRICTION") when Restriction(value) is not null => AccountChangeKind.Restricted,
        ("account_update", "DISABLED_UPDATE") => BanStateOf(value) switch
        {
            "DISABLE" => AccountChangeKind.Disabled,
            "REINSTATE" => AccountChangeKind.Reinstated,
            _ => null,
        },
        ("account_update", "ACCOUNT_DELETED" or "PARTNER_REMOVED" or "PARTNER_APP_UNINSTALLED") => AccountChangeKind.Removed,
        _ => null,
    };

    /// <summary>A word, or a list of one word.</summary>
    private static string? BanStateOf(JsonElement value)
    {
        var ban = value.Member("ban_info"u8);
        foreach (var state in ban.Items("waba_ban_state"u8))
            return state.AsText();
        return ban.Text("waba_ban_state"u8);
    }

    private static JsonElement? Restriction(JsonElement value)
    {
        foreach (var item in value.Items("restriction_info"u8))
        {
            if (item.Text("restriction_type"u8) == Forbidden)
                return item;
        }

        return null;
    }

    /// <summary>A time of day in seconds since 1970 or in words; other spellings are as good as none.</summary>
    private static DateTimeOffset? EndOf(JsonElement value)
    {
        if (Restriction(value) is not { } restriction)
            return null;
        return restriction.UnixTime("expiration"u8)
            ?? (DateTimeOffset.TryParse(restriction.Text("expiration"u8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null);
    }
}
