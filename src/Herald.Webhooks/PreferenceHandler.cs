using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Webhooks;
using Orleans;

namespace Herald.Webhooks;

/// <summary>Records Meta's own stop and resume of marketing, in the scope of the sender that received it.</summary>
internal sealed class PreferenceHandler(SenderDirectory senders, IContactStore contacts, IGrainFactory grains, IIdSource ids, TimeProvider time)
{
    /// <summary>The contacts that opted out by it, if it is a stop: all that the person stands under.</summary>
    public async Task<IReadOnlyList<OptedOut>> HandleAsync(UserPreferenceChange change, CancellationToken ct)
    {
        if (change.Preference == MarketingPreference.Other || (change.Phone is null && change.UserId is null)
            || await senders.FindAsync(change.PhoneNumberId, ct) is not { } sender)
        {
            return [];
        }
        var now = time.GetUtcNow();
        var identity = new InboundIdentity
        {
            Phone = change.Phone,
            PhoneVariants = InboundHandler.Variants(change.Phone),
            UserId = change.UserId,
            ParentUserId = change.ParentUserId,
            Username = null,
            ProfileName = "",
        };
        var contact = await contacts.ResolveInboundAsync(sender.TenantId, identity, new ContactId(ids.NewId()), now, ct);
        var action = change.Preference == MarketingPreference.Stop ? ConsentAction.Revoke : ConsentAction.Grant;
        var command = CommandOf(sender, action, change.Time ?? now, now);
        var owners = await contacts.ListOwnersAsync(sender.TenantId, identity, ct);
        var people = owners.Append(contact.ContactId).Distinct().ToList();
        foreach (var person in people)
        {
            // Who was erased since a moment ago is somebody new when they decide.
            if ((await grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(sender.TenantId, person)).Record(command)).ContactAbsent)
                return await HandleAsync(change, ct);
        }
        return action == ConsentAction.Revoke ? [.. people.Select(person => new OptedOut(sender.TenantId, person))] : [];
    }

    private static RecordConsent CommandOf(SenderRow sender, ConsentAction action, DateTimeOffset happened, DateTimeOffset now) => new()
    {
        Purpose = (int)ConsentPurpose.Marketing,
        Action = (int)action,
        Sender = sender.SenderId.Value,
        Source = (int)ConsentSource.Meta,
        EvidenceKey = $"preference:{sender.SenderId}:{happened.ToUnixTimeSeconds()}:{action}",
        Evidence = """{"field":"user_preferences"}""",
        Actor = "meta",
        EventTime = Micros.ToTime(ConsentRules.EventTimeMicros(happened, now, action, isWholeSeconds: true)),
    };
}
