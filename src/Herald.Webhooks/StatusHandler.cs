using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Grains.Failures;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>Moves messages by the statuses that Meta reports, many in one batch; what a failure means beyond its message comes first.</summary>
internal sealed class StatusHandler(
    SenderDirectory senders, IMessageStore messages, ICampaignStore campaigns, IFailureReactions failures, IDatabaseSignals signals, TimeProvider time)
{
    // One delivery may hold thousands, many deliveries more than the store takes in one transaction.
    private const int BatchSize = 1_000;

    public async Task ApplyAsync(IReadOnlyList<MessageStatusChange> changes, CancellationToken ct)
    {
        if (changes.Count == 0)
            return;
        var updates = new List<StatusUpdate>(changes.Count);
        var failed = new List<(FailedSend Failure, bool IsReopened)>();
        foreach (var change in changes)
        {
            if (await ToUpdateAsync(change, failed, ct) is { } update)
                updates.Add(update);
        }
        await SlowDownAsync(failed.Select(pair => pair.Failure), ct);
        foreach (var batch in InBatches(updates))
            await messages.ApplyStatusesAsync(batch, ct);
        var reopened = failed.Where(pair => pair.IsReopened).Select(pair => pair.Failure);
        foreach (var failure in reopened.DistinctBy(failure => (failure.Tenant, failure.Campaign, failure.Code)))
            await failures.PauseReopenedAsync(failure);
    }

    /// <summary>The pace is with the sender's owner, which may be another node. One signal for all refusals of a batch: they are of one burst.</summary>
    private async Task SlowDownAsync(IEnumerable<FailedSend> failed, CancellationToken ct)
    {
        foreach (var sender in failed.Where(failure => failure.Error.Reaction == Reaction.SlowDownSender)
            .Select(failure => SignalChannels.Queue(failure.Tenant, failure.Sender)).Distinct())
        {
            await signals.PublishAsync(SignalChannels.SlowDownChannel, sender, ct);
        }
    }

    /// <summary>All that is said of one message stands in one batch, in its order: it becomes one write.</summary>
    private static IEnumerable<List<StatusUpdate>> InBatches(List<StatusUpdate> updates)
    {
        if (updates.Count <= BatchSize)
            return [updates];
        var batches = new List<List<StatusUpdate>> { new(BatchSize) };
        foreach (var ofMessage in updates.GroupBy(update => update.Wamid, StringComparer.Ordinal))
        {
            foreach (var update in ofMessage)
            {
                if (batches[^1].Count >= BatchSize * 2)
                    batches.Add(new(BatchSize));
                batches[^1].Add(update);
            }
            if (batches[^1].Count >= BatchSize)
                batches.Add(new(BatchSize));
        }
        return batches.Where(batch => batch.Count > 0);
    }

    private async Task<StatusUpdate?> ToUpdateAsync(
        MessageStatusChange change, List<(FailedSend Failure, bool IsReopened)> failed, CancellationToken ct)
    {
        var evidence = change.Status switch
        {
            DeliveryStatus.Sent => MessageState.Sent,
            DeliveryStatus.Delivered => MessageState.Delivered,
            DeliveryStatus.Read => MessageState.Read,
            DeliveryStatus.Failed => MessageState.Failed,
            _ => (MessageState?)null,
        };
        if (evidence is null || await senders.FindAsync(change.PhoneNumberId, ct) is not { } sender)
            return null;
        var update = new StatusUpdate
        {
            TenantId = sender.TenantId,
            MessageId = BizOpaqueCallback.TryParse(change.CallbackData, out var id) ? id : null,
            Wamid = change.Wamid,
            Evidence = evidence.Value,
            Time = change.Time ?? time.GetUtcNow(),
            Price = MessagePrice.Read(change.PricingCategory, change.PricingType),
            ErrorCode = change.ErrorCode ?? 0,
            ErrorDetail = change.Error is { } row ? new FailureText(row.CustomerText, change.ErrorWordsWithoutValues).ToStored() : "",
        };
        return change.Error is { } error ? update with { RetryAt = await ReactAsync(update, error, failed, ct) } : update;
    }

    /// <summary>
    /// What the failure means for others comes before the message moves: a crash in between has the status processed once more, and what it led to
    /// is then found done. A message that a status has settled already leads to nothing.
    /// </summary>
    /// <returns>When the message goes again; null when it stays failed.</returns>
    private async Task<DateTimeOffset?> ReactAsync(
        StatusUpdate update, MetaError error, List<(FailedSend Failure, bool IsReopened)> failed, CancellationToken ct)
    {
        var message = update.MessageId is { } id
            ? await messages.GetAsync(update.TenantId, id, ct)
            : await messages.FindByWamidAsync(update.TenantId, update.Wamid, ct);
        if (message is null || IsKnown(message, update))
            return null;
        var failure = new FailedSend
        {
            Tenant = message.TenantId,
            Sender = message.SenderId,
            Message = message.MessageId,
            Contact = message.ContactId,
            Campaign = message.CampaignId,
            Template = message.TemplateId,
            Class = message.Class,
            Attempt = Math.Max(1, message.Attempts),
            Code = update.ErrorCode,
            Error = error,
            Time = update.Time,
            CameLater = true,
        };
        var fate = await failures.ReactAsync(failure);
        var isReopened = fate.RetryAt is not null && failure.Campaign is { } campaign
            && await campaigns.GetAsync(failure.Tenant, campaign, ct) is { State: CampaignState.Completed };
        failed.Add((failure, isReopened));
        return fate.RetryAt;
    }

    private static bool IsKnown(MessageRow message, StatusUpdate update) =>
        message.State is MessageState.Failed or MessageState.Delivered or MessageState.Read
        || (message.State == MessageState.Queued && message.Wamid == update.Wamid);
}
