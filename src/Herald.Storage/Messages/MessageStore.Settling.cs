using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>How attempts end. Messages are locked, moved in memory by the one table, and written back together.</summary>
internal sealed partial class MessageStore
{
    private const string CampaignStateSql = "SELECT state FROM campaigns WHERE tenant_id = @TenantId AND campaign_id = @CampaignId";

    // Held until the commit, so that a campaign can't end between this look and the message that is queued because of it.
    private readonly string _campaignStateSql = dialect.Pick(CampaignStateSql + " FOR SHARE", CampaignStateSql);

    public async Task<int> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settlements);
        CheckBatch(settlements.Count);
        if (settlements.Count == 0)
            return 0;
        // A grace time begins and ends by the same clock. Most batches begin none.
        var graceStart = settlements.Any(settlement => settlement.NextState == MessageState.Unknown) ? await database.NowAsync(ct) : default;
        // What does not just end may lock campaigns too, which comes after the messages.
        var isUsual = settlements.All(settlement => settlement.Outcome == AttemptOutcome.Accepted);
        return await MoveAsync(isUsual, (transaction, locks) => SettleAsync(transaction, locks, settlements, graceStart, ct), ct);
    }

    public Task<int> ReleaseAsync(
        TenantId tenant, SenderId sender, long epoch, IReadOnlyList<ClaimKey> claims, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claims);
        CheckBatch(claims.Count);
        return claims.Count == 0
            ? Task.FromResult(0)
            : database.WriteAsync((_, transaction) => ReleaseAsync(transaction, tenant, sender, epoch, claims, now, ct), ct);
    }

    private async Task<int> SettleAsync(
        DbTransaction transaction, bool locks, IReadOnlyList<Settlement> settlements, DateTimeOffset graceStart, CancellationToken ct)
    {
        var messages = await ReadAsync(transaction, locks, settlements.Select(KeyOf).ToHashSet(), ct);
        var ended = await EndedCampaignsAsync(transaction, settlements, messages, ct);

        var settled = 0;
        foreach (var settlement in settlements)
        {
            if (!messages.TryGetValue(KeyOf(settlement), out var message))
                continue;
            // An outcome is a fact about an attempt and no right of the node that made it: it counts for as long as the message is still in that
            // attempt, whoever holds the sender's lease by now. Refused because the sender changed hands, an accepted message would end as
            // Unknown, and one that Meta refused for a while would never be tried again. When another attempt has begun, only proof that Meta
            // took the message counts, as from a status: it moves the message up, and what waits to be sent again is not. All else of an
            // older attempt just closes its row in the journal.
            var isClaim = message.IsClaimOf(settlement.Epoch, settlement.Attempt);
            var isLateProof = settlement.Outcome == AttemptOutcome.Accepted && settlement.Attempt < message.Attempts;
            if (!isClaim && !isLateProof)
                continue;
            message.Settle(settlement, message.CampaignId is { } campaign && ended.Contains((message.TenantId, campaign)), graceStart);
            settled += isClaim ? 1 : 0;
        }
        await WriteChangedAsync(transaction, locks, messages.Values, ct);
        await batches.CloseAsync(transaction, [.. settlements.Select(ToAttemptEnd)], ct);
        await SignalRetriesAsync(transaction, settlements.Any(settlement => settlement.NextState == MessageState.Queued), ct);
        return settled;
    }

    private async Task<int> ReleaseAsync(
        DbTransaction transaction, TenantId tenant, SenderId sender, long epoch, IReadOnlyList<ClaimKey> claims, DateTimeOffset now, CancellationToken ct)
    {
        var attempts = claims.ToDictionary(claim => new MessageKey(tenant, claim.MessageId), claim => claim.Attempt);
        var messages = await ReadAsync(transaction, locks: true, attempts.Keys, ct);
        var ended = await EndedCampaignsAsync(transaction, attempts.Keys, messages, ct);
        // A repetition, whose first answer was lost, finds perhaps the next claim of the same epoch: that one may have left.
        var released = messages.Where(pair => pair.Value.IsClaimOf(epoch, attempts[pair.Key]) && pair.Value.State == MessageState.Claimed)
            .Select(pair => pair.Value).ToList();
        foreach (var message in released)
            message.Release(message.CampaignId is { } campaign && ended.Contains((tenant, campaign)), now);

        await WriteChangedAsync(transaction, locks: true, released, ct);
        await batches.CloseAsync(
            transaction,
            [.. released.Select(message => new AttemptEnd(tenant, message.MessageId, message.Attempts, epoch, AttemptOutcome.NotSent, 0, now))],
            ct);
        if (released.Count > 0)
            await database.NotifyAsync(transaction, SignalChannels.QueueChannel, SignalChannels.Queue(tenant, sender), ct);
        return released.Count;
    }

    /// <summary>
    /// A retry lies in the future: whoever sleeps until the next due time must hear of it. The sender is not at hand here, so all look.
    /// </summary>
    private Task SignalRetriesAsync(DbTransaction transaction, bool isRetried, CancellationToken ct) =>
        isRetried ? database.NotifyAsync(transaction, SignalChannels.QueueChannel, "", ct) : Task.CompletedTask;

    private static MessageKey KeyOf(Settlement settlement) => new(settlement.TenantId, settlement.MessageId);

    private static AttemptEnd ToAttemptEnd(Settlement settlement) => new(
        settlement.TenantId, settlement.MessageId, settlement.Attempt, settlement.Epoch, settlement.Outcome, settlement.ErrorCode, settlement.Now)
    {
        LatencyMs = settlement.Latency is { } latency ? (int)Math.Min(latency.TotalMilliseconds, int.MaxValue) : null,
        RetryTime = settlement.RetryAt,
    };

    /// <summary>
    /// Of the campaigns of messages that would wait again, those that have ended. One whose claims were given up may have been taken for completed meanwhile;
    /// it runs again, since one of them surely did not leave.
    /// </summary>
    private async Task<HashSet<(TenantId, CampaignId)>> EndedCampaignsAsync(
        DbTransaction transaction, IReadOnlyList<Settlement> settlements, Dictionary<MessageKey, MessageProgress> messages, CancellationToken ct)
    {
        var retried = settlements.Where(settlement => settlement.NextState == MessageState.Queued
            && messages.TryGetValue(KeyOf(settlement), out var message) && message.IsClaimOf(settlement.Epoch, settlement.Attempt)).Select(KeyOf).ToList();
        return retried.Exists(key => messages[key].State == MessageState.Unknown)
            ? await ReopenCampaignsAsync(transaction, [.. retried.Where(IsOpen)], messages, ct)
            : await EndedCampaignsAsync(transaction, retried, messages, ct);

        bool IsOpen(MessageKey key) => messages[key].State is MessageState.Claimed or MessageState.Unknown;
    }

    /// <summary>Of the campaigns of messages that would wait again, those that have ended. Asked only for such messages, which are few.</summary>
    private async Task<HashSet<(TenantId, CampaignId)>> EndedCampaignsAsync(
        DbTransaction transaction, IEnumerable<MessageKey> keys, Dictionary<MessageKey, MessageProgress> messages, CancellationToken ct)
    {
        var ended = new HashSet<(TenantId, CampaignId)>();
        foreach (var (tenant, campaign) in CampaignsOf(keys, messages))
        {
            var state = await transaction.FindAsync<CampaignState?>(_campaignStateSql, new { TenantId = tenant, CampaignId = campaign }, ct);
            if (state is null or CampaignState.Completed or CampaignState.Cancelled or CampaignState.Failed)
                ended.Add((tenant, campaign));
        }
        return ended;
    }

    /// <summary>In one order everywhere, so that two transactions that hold campaigns never wait for each other.</summary>
    private static IEnumerable<(TenantId TenantId, CampaignId CampaignId)> CampaignsOf(
        IEnumerable<MessageKey> keys, Dictionary<MessageKey, MessageProgress> messages) =>
        keys.Select(key => (key.TenantId, messages.GetValueOrDefault(key)?.CampaignId)).Where(pair => pair.CampaignId is not null)
            .Select(pair => (pair.TenantId, pair.CampaignId.GetValueOrDefault())).Distinct().OrderBy(pair => pair.Item2.Value);
}
