using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>
/// The outgoing messages: queue, journal and life in one table. States move only as Herald.Domain.Messages.MessageLifecycle allows; a
/// move that comes too late is no error.
/// </summary>
public interface IMessageStore
{
    /// <summary>Queues free-form messages; one whose dedupe key is known is skipped. How many were added. Signals the queues.</summary>
    Task<int> EnqueueAsync(IReadOnlyList<NewMessage> messages, CancellationToken ct);

    /// <summary>
    /// Takes due messages of a sender for sending: those without a campaign and those of running campaigns whose template is approved; by
    /// class, then one of each campaign in turn (messages without one take turns as if they were a campaign), each by due time and id. Nothing
    /// is taken for a sender that may not send. The consent of each contact is checked in the statement that claims: a message that may not
    /// go, or has no address, becomes Suppressed; one that is too late becomes Expired; one without a campaign whose template is not approved
    /// becomes Failed; marketing to a contact that is held back stays Queued until that ends. No marketing message is claimed after a revoke of its contact was committed. Every claim is journaled. Two claimers never get the same message.
    /// </summary>
    Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken ct);

    /// <summary>
    /// The senders, of all tenants, that have something to claim at or before <paramref name="until"/>, each with the earliest due time, in any order.
    /// One statement, whose cost grows with the senders that have anything queued and not with what is queued.
    /// </summary>
    Task<IReadOnlyList<SenderDue>> ListDueAsync(DateTimeOffset until, CancellationToken ct);

    /// <summary>
    /// What is claimed under the epoch and not settled, at most what is in flight, in any order: for an owner who never heard what a claim of its own gave it.
    /// </summary>
    Task<IReadOnlyList<ClaimKey>> ListClaimsAsync(TenantId tenant, SenderId sender, long epoch, CancellationToken ct);

    /// <summary>
    /// Gives back claims of the epoch for which no request was made: their messages become Queued again, or Cancelled when their campaign has ended. A
    /// claim that followed one of these stays, so that a repetition does no harm. How many.
    /// </summary>
    Task<int> ReleaseAsync(
        TenantId tenant, SenderId sender, long epoch, IReadOnlyList<ClaimKey> claims, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Writes how attempts ended, in one transaction; up to 5,000. The journal is always closed. The message moves if it is still Claimed by
    /// that epoch and attempt, or Unknown after it, whoever holds the sender's lease by now; when a status came first, only what is missing is
    /// filled in. Of an attempt that another one followed only acceptance moves the message, as a status would. What was to be tried again becomes Cancelled when its campaign has ended. How many messages were settled: found with
    /// that epoch and attempt.
    /// </summary>
    Task<int> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken ct);

    /// <summary>
    /// Applies statuses, in one transaction; up to 5,000. In any order and however often repeated, they lead to the same end. A failure with
    /// <see cref="StatusUpdate.RetryAt"/> queues the message again, and a completed campaign with it; in a cancelled or failed campaign it
    /// stays failed. How many belonged to a message of their tenant and changed it.
    /// </summary>
    Task<int> ApplyStatusesAsync(IReadOnlyList<StatusUpdate> updates, CancellationToken ct);

    /// <summary>
    /// Turns up to <paramref name="limit"/> claims that have run out, over all tenants, into Unknown; their grace time begins. Judged by the clock that gave
    /// the claims, the database's: a node whose own is off gives up nobody's work. How many.
    /// </summary>
    Task<int> ExpireClaimsAsync(int limit, CancellationToken ct);

    /// <summary>
    /// Turns the tenant's message into Cancelled if it is Queued, and notes the key; in any other state it stays as it is. Beside a claim one of
    /// the two comes first: what was cancelled is never claimed, and what was claimed is not cancelled.
    /// </summary>
    /// <returns>The message as it stands then, whose state tells; null when there is none.</returns>
    Task<MessageRow?> CancelAsync(TenantId tenant, MessageId message, ApiKeyId key, DateTimeOffset now, CancellationToken ct);

    /// <summary>Turns up to <paramref name="limit"/> queued messages whose expiry has come, over all tenants, into Expired. How many.</summary>
    Task<int> ExpireQueuedAsync(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="limit"/> messages, over all tenants, that have been Unknown for <paramref name="grace"/> or longer by the database's clock, the
    /// oldest first.
    /// </summary>
    Task<IReadOnlyList<UnknownMessage>> ListUnknownAsync(TimeSpan grace, int limit, CancellationToken ct);

    /// <summary>
    /// Ends the grace time of messages, in one transaction; up to 5,000. Those that are Unknown and have been for <paramref name="grace"/> by the database's
    /// clock become Expired, or Queued if they are to go once more and their campaign was not cancelled and did not fail; a completed one runs
    /// again for them. A status that comes later settles an Expired one all the same. How many messages moved.
    /// </summary>
    Task<int> EndGraceAsync(IReadOnlyList<GraceEnd> ends, TimeSpan grace, DateTimeOffset now, CancellationToken ct);

    /// <summary>The tenant's message, or null.</summary>
    Task<MessageRow?> GetAsync(TenantId tenant, MessageId message, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="pageSize"/> messages of the tenant that match all filters that are set, with ids above <paramref name="after"/>
    /// (null: from the start), by id.
    /// </summary>
    Task<IReadOnlyList<MessageRow>> ListAsync(
        TenantId tenant, CampaignId? campaign, ContactId? contact, MessageState? state, MessageId? after, int pageSize, CancellationToken ct);

    /// <summary>The same with all filters.</summary>
    Task<IReadOnlyList<MessageRow>> ListAsync(TenantId tenant, MessageFilter filter, MessageId? after, int pageSize, CancellationToken ct);

    /// <summary>The attempts of the tenant's message, as journaled, the first one first; none when there is no such message.</summary>
    Task<IReadOnlyList<AttemptRow>> ListAttemptsAsync(TenantId tenant, MessageId message, CancellationToken ct);

    /// <summary>The tenant's message with Meta's id, or null.</summary>
    Task<MessageRow?> FindByWamidAsync(TenantId tenant, string wamid, CancellationToken ct);

    /// <summary>The campaign message to the contact that was claimed last, at or after <paramref name="since"/>, or null.</summary>
    Task<MessageRow?> LastCampaignMessageAsync(TenantId tenant, ContactId contact, DateTimeOffset since, CancellationToken ct);

    /// <summary>Whether a message of the class to one of the contacts is claimed: it may be on its way out.</summary>
    Task<bool> AnyClaimedAsync(TenantId tenant, IReadOnlyCollection<ContactId> contacts, MessageClass messageClass, CancellationToken ct);
}
