using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;

namespace Herald.Storage.Consents;

/// <summary>The consent ledger and its projection.</summary>
public interface IConsentStore
{
    /// <summary>
    /// In one transaction: appends the event, moves the projection by the rules of Herald.Domain.Consents, turns the contact's queued
    /// messages that may no longer go (of the sender in scope, or of the whole tenant) into Suppressed, and queues
    /// <paramref name="outbox"/>. When the task completes, no message that the event forbids can be claimed any more, on any node.
    /// An event of source Keyword or Button without a campaign is attributed to the campaign of the message with
    /// <paramref name="contextWamid"/>, else to the contact's newest campaign message of the seven days before the event.
    /// Signals the opt-out and the queues touched. Nothing is recorded for a contact that was erased.
    /// </summary>
    Task<ConsentRecordResult> RecordAsync(
        ConsentEventRow consentEvent, string? contextWamid, IReadOnlyList<NewMessage> outbox, CancellationToken ct);

    /// <summary>The contact's projections, the tenant-wide one first, then by sender; empty when nothing was recorded.</summary>
    Task<IReadOnlyList<ConsentRow>> GetAsync(TenantId tenant, ContactId contact, CancellationToken ct);

    /// <summary>Up to <paramref name="pageSize"/> ledger entries below the id <paramref name="after"/> (null: from the newest), newest id first.</summary>
    Task<IReadOnlyList<ConsentEventRow>> ListEventsAsync(
        TenantId tenant, ContactId contact, ConsentEventId? after, int pageSize, CancellationToken ct);

    /// <summary>How many contacts are opted out of marketing for the whole tenant by the projection: in all, and since two times.</summary>
    Task<OptOutCounts> CountOptOutsAsync(TenantId tenant, DateTimeOffset daySince, DateTimeOffset weekSince, CancellationToken ct);
}
