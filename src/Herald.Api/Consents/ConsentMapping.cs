using System.Text.Json;
using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Consents.V1;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using ConsentState = Herald.Contracts.Consents.V1.ConsentState;

namespace Herald.Api.Consents;

/// <summary>Consent between storage and contract. The enumerations' numbers are the domain's, which a test keeps true.</summary>
internal static class ConsentMapping
{
    private const string KeyActor = "key:";
    private const string OwnerActor = "owner:";

    /// <summary>The projection of a contact; <paramref name="rows"/> are all its scopes, the tenant's first if there is one.</summary>
    public static Consent ToProto(this IReadOnlyList<ConsentRow> rows, TenantId tenant, ContactId contact)
    {
        var whole = rows.FirstOrDefault(row => row.Scope is null);
        var consent = new Consent
        {
            Name = ConsentName.Format(tenant.Value, contact.Value),
            Marketing = whole is null ? Unknown() : Standing(whole.Marketing, whole.MarketingTime, whole.MarketingSource),
            Utility = whole is null ? Unknown() : Standing(whole.Utility, whole.UtilityTime, whole.UtilitySource),
        };
        consent.SenderPreferences.AddRange(
            from row in rows
            where row.Scope is not null
            select new SenderPreference
            {
                Sender = SenderName.Format(tenant.Value, row.Scope!.Value.Value),
                Marketing = Standing(row.Marketing, row.MarketingTime, row.MarketingSource),
            });
        return consent;
    }

    public static ConsentEvent ToProto(this ConsentEventRow row) => new()
    {
        Name = ConsentEventName.Format(row.TenantId.Value, row.ContactId.Value, row.EventId.Value),
        Purpose = (ConsentPurpose)(int)row.Purpose,
        Action = (ConsentAction)(int)row.Action,
        Sender = row.Scope is { } sender ? SenderName.Format(row.TenantId.Value, sender.Value) : "",
        Source = (ConsentSource)(int)row.Source,
        Evidence = ReadEvidence(row.Evidence),
        Actor = ActorName(row),
        Campaign = row.CampaignId is { } campaign ? CampaignName.Format(row.TenantId.Value, campaign.Value) : "",
        EventTime = row.EventTime.ToProto(),
        RecordTime = row.RecordTime.ToProto(),
    };

    /// <summary>The evidence as the ledger keeps it.</summary>
    public static string WriteEvidence(string wording, string origin, string policyVersion)
    {
        var fields = new Dictionary<string, string>();
        Add(fields, "wording", wording);
        Add(fields, "origin", origin);
        Add(fields, "policy_version", policyVersion);
        return JsonSerializer.Serialize(fields);
    }

    private static ConsentEvidence ReadEvidence(string json)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? [];
        string Text(string key) => fields.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return new ConsentEvidence
        {
            Wording = Text("wording") is { Length: > 0 } wording ? wording : Text("keyword"),
            Origin = Text("origin"),
            PolicyVersion = Text("policy_version"),
            WhatsappMessageId = Text("wamid"),
        };
    }

    private static string ActorName(ConsentEventRow row)
    {
        if (row.Actor.StartsWith(KeyActor, StringComparison.Ordinal) && ApiKeyId.TryParse(row.Actor[KeyActor.Length..], out var key))
            return ApiKeyName.Format(row.TenantId.Value, key.Value);
        return row.Actor.StartsWith(OwnerActor, StringComparison.Ordinal) && OwnerId.TryParse(row.Actor[OwnerActor.Length..], out var owner)
            ? OwnerName.Format(row.TenantId.Value, owner.Value)
            : "";
    }

    private static ConsentStanding Unknown() => new() { State = ConsentState.Unknown };

    private static ConsentStanding Standing(Domain.Consents.ConsentState state, DateTimeOffset time, Domain.Consents.ConsentSource source) =>
        state switch
        {
            Domain.Consents.ConsentState.Granted => new()
            {
                State = ConsentState.Granted,
                EventTime = time.ToProto(),
                Source = (ConsentSource)(int)source,
            },
            Domain.Consents.ConsentState.Revoked => new()
            {
                State = ConsentState.Revoked,
                EventTime = time.ToProto(),
                Source = (ConsentSource)(int)source,
            },
            _ => Unknown(),
        };

    private static void Add(Dictionary<string, string> fields, string key, string value)
    {
        if (value.Length > 0)
            fields[key] = value;
    }
}
