using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>
/// Reads a delivery into its changes, in the order in which they stand. Never throws for what a payload holds: missing members read as null, an element
/// that cannot be used becomes a <see cref="MalformedChange"/>, and kinds that are not known an <see cref="UnknownChange"/>.
/// </summary>
public static class WebhookParser
{
    /// <summary>Reads the raw body of a delivery, whose signature was verified.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <returns>All changes of all accounts; one <see cref="MalformedChange"/> if the body is no delivery at all.</returns>
    public static IReadOnlyList<WebhookChange> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Parse(document.RootElement);
        }
        catch (JsonException)
        {
            return [new MalformedChange("", "the body is not JSON")];
        }
    }

    /// <summary>Reads a delivery that is parsed already. Nothing of the document is referred to afterwards.</summary>
    /// <param name="root">The document's root.</param>
    /// <returns>All changes of all accounts; one <see cref="MalformedChange"/> if the document is no delivery at all.</returns>
    public static IReadOnlyList<WebhookChange> Parse(JsonElement root)
    {
        if (root.Member("entry"u8).ValueKind != JsonValueKind.Array) return [new MalformedChange("", "the body has no entries")];

        var changes = new List<WebhookChange>();
        foreach (var entry in root.Items("entry"u8))
        {
            var wabaId = entry.Text("id"u8);
            if (entry.Member("changes"u8).ValueKind != JsonValueKind.Array)
            {
                changes.Add(new MalformedChange("", "an entry has no changes") { WabaId = wabaId });
                continue;
            }

            var time = entry.UnixTime("time"u8);
            foreach (var change in entry.Items("changes"u8)) Read(change, wabaId, time, changes);
        }

        return changes;
    }

    private static void Read(JsonElement change, string? wabaId, DateTimeOffset? entryTime, List<WebhookChange> changes)
    {
        var field = change.Text("field"u8) ?? "";
        var value = change.Member("value"u8);
        if (value.ValueKind != JsonValueKind.Object)
        {
            changes.Add(new MalformedChange(field, "a change has no value") { WabaId = wabaId });
            return;
        }

        switch (field)
        {
            case "messages":
                MessagesFieldReader.Read(value, wabaId, changes);
                break;
            case "user_preferences":
                UserPreferenceReader.Read(value, wabaId, changes);
                break;
            case "message_template_status_update":
                changes.Add(TemplateStatusReader.Read(value, wabaId, entryTime));
                break;
            case "template_category_update":
                changes.Add(TemplateCategoryReader.Read(value, wabaId, entryTime));
                break;
            case "account_update":
                changes.Add(AccountReader.Read(field, value, wabaId, entryTime));
                break;
            case "phone_number_quality_update" or "business_capability_update":
                ReadStanding(field, value, wabaId, entryTime, changes);
                break;
            default:
                changes.Add(new UnknownChange(field, value.Text("event"u8) ?? "") { WabaId = wabaId, PhoneNumberId = WebhookPeople.PhoneNumberId(value) });
                break;
        }
    }

    /// <summary>What a number may do, and how many people its portfolio may reach: one value tells either or both.</summary>
    private static void ReadStanding(string field, JsonElement value, string? wabaId, DateTimeOffset? entryTime, List<WebhookChange> changes)
    {
        var limit = PortfolioLimitReader.Read(value, wabaId, entryTime);
        if (limit is not null)
            changes.Add(limit);
        if (AccountReader.Read(field, value, wabaId, entryTime) is var change && (limit is null || change is not UnknownChange))
            changes.Add(change);
    }
}
