using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>Campaigns, the freezing of their audience, and their figures.</summary>
public interface ICampaignStore
{
    /// <summary>How old an answer of <see cref="RecallAsync"/> can be when signals are lost.</summary>
    static readonly TimeSpan RecallTime = TimeSpan.FromSeconds(1);

    /// <summary>Adds a campaign with version 1. Its template, sender and list exist when it is committed, and can't be removed while it has not ended.</summary>
    Task<CampaignInsertResult> InsertAsync(CampaignRow row, CancellationToken ct);

    /// <summary>The tenant's campaign, or null.</summary>
    Task<CampaignRow?> GetAsync(TenantId tenant, CampaignId campaign, CancellationToken ct);

    /// <summary>
    /// As <see cref="GetAsync"/>, from memory when it was read a moment ago. It holds all that this node wrote; what another node wrote it holds within
    /// milliseconds, by its signal, and after <see cref="RecallTime"/> in any case. To show, not to decide on.
    /// </summary>
    Task<CampaignRow?> RecallAsync(TenantId tenant, CampaignId campaign, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="pageSize"/> campaigns of the tenant, in one state only if <paramref name="state"/> is set, with ids below
    /// <paramref name="after"/> (null: from the newest), newest id first.
    /// </summary>
    Task<IReadOnlyList<CampaignRow>> ListAsync(TenantId tenant, CampaignState? state, CampaignId? after, int pageSize, CancellationToken ct);

    /// <summary>
    /// Writes all but ids, recipients, cursor, prepare_done, version and create time, if the stored version is still the row's. The new
    /// row, or null when the campaign is absent or was changed meanwhile, or when it is a draft and what it refers to is absent. Signals the
    /// campaign and its sender's queue.
    /// </summary>
    Task<CampaignRow?> UpdateAsync(CampaignRow row, CancellationToken ct);

    /// <summary>
    /// The campaigns of all tenants in one of <paramref name="states"/>, oldest id first, at most 1,000; scheduled ones only if their
    /// schedule time is at or before <paramref name="dueBefore"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A state other than Scheduled, Preparing, Running and Paused is asked for.</exception>
    Task<IReadOnlyList<CampaignRow>> ListLiveAsync(IReadOnlyList<CampaignState> states, DateTimeOffset dueBefore, CancellationToken ct);

    /// <summary>
    /// The campaigns of all tenants that can go on without a person: Scheduled ones that are due, Preparing ones, Running ones whose list is not
    /// wholly frozen, and Running ones with no message Queued or Claimed. One that only waits for its sender is none of them, however old.
    /// At most 1,000 of each state, oldest id first within it.
    /// </summary>
    Task<IReadOnlyList<CampaignRow>> ListDueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>The tenant's campaigns that are Running on the sender.</summary>
    Task<IReadOnlyList<CampaignRow>> ListRunningAsync(TenantId tenant, SenderId sender, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="limit"/> campaigns of all tenants that are Running although their template is not approved or their sender can't send, oldest
    /// id first. Nothing of them is claimed.
    /// </summary>
    Task<IReadOnlyList<CampaignRow>> ListStoppedAsync(int limit, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="limit"/> campaigns of all tenants that Herald paused for a template, a token or a sender which has changed since and
    /// can be used now, oldest id first.
    /// </summary>
    Task<IReadOnlyList<CampaignRow>> ListLiftableAsync(int limit, CancellationToken ct);

    /// <summary>
    /// Freezes the next <paramref name="size"/> list members (1 to 10,000) after the cursor into messages, in one transaction, if the campaign
    /// is Preparing, Running or Paused. Who may not get it becomes a Suppressed message at once. A contact that has a message of
    /// this campaign gets no second one. Signals the queue and, when done, the campaign.
    /// </summary>
    Task<PrepareBatchResult> PrepareBatchAsync(
        TenantId tenant, CampaignId campaign, int size, DateTimeOffset now, Func<MessageId> newId, CancellationToken ct);

    /// <summary>The figures, or null when the campaign is absent.</summary>
    Task<CampaignReportRow?> ReportAsync(TenantId tenant, CampaignId campaign, CancellationToken ct);

    /// <summary>
    /// Turns up to <paramref name="limit"/> queued messages into Cancelled. How many; 0 when none is queued. Once the campaign has ended, nothing of
    /// it is queued anew: what comes back from a claim becomes Cancelled at once.
    /// </summary>
    Task<int> CancelQueuedAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Cancels queued messages of campaigns that are CANCELLED or FAILED, of all tenants: what a node left when it died between ending a
    /// campaign and cancelling its queue. Safe beside itself on several nodes.
    /// </summary>
    /// <param name="now">Becomes the messages' end time.</param>
    /// <param name="limit">The most messages in one call.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>How many messages were cancelled; <paramref name="limit"/> means that there may be more.</returns>
    Task<int> CancelOrphansAsync(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Completes a Running campaign if its list is frozen and none of its messages is Queued or Claimed, in one statement; its version grows.
    /// False when not. Signals the campaign.
    /// </summary>
    Task<bool> CompleteAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, CancellationToken ct);
}
