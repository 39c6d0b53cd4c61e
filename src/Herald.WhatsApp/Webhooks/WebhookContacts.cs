using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>
/// The <c>contacts</c> of one value, which all its messages and statuses share. Read once, when the first of them asks: looking through them for each of
/// a large delivery's statuses would cost the square of their number.
/// </summary>
internal sealed class WebhookContacts(JsonElement value)
{
    private readonly Dictionary<string, int> _byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byUserId = new(StringComparer.Ordinal);
    private List<JsonElement>? _all;

    /// <summary>The first contact of that number or id; the only one there is when neither is given; else an undefined element.</summary>
    public JsonElement Find(string? phone, string? userId)
    {
        var all = _all ??= ReadAll();
        if (phone is null && userId is null)
            return all.Count == 1 ? all[0] : default;
        var first = Math.Min(PlaceOf(_byPhone, phone), PlaceOf(_byUserId, userId));
        return first < all.Count ? all[first] : default;
    }

    private static int PlaceOf(Dictionary<string, int> places, string? key) =>
        key is not null && places.TryGetValue(key, out var place) ? place : int.MaxValue;

    private List<JsonElement> ReadAll()
    {
        var all = new List<JsonElement>();
        foreach (var contact in value.Items("contacts"u8))
        {
            if (WebhookPeople.Phone(contact.Text("wa_id"u8)) is { } phone) _byPhone.TryAdd(phone, all.Count);
            if (contact.Text("user_id"u8) is { } userId) _byUserId.TryAdd(userId, all.Count);
            all.Add(contact);
        }

        return all;
    }
}
