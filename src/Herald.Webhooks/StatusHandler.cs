using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Storage.Messages;
using Herald.WhatsApp.Webhooks;
using Orleans;

namespace Herald.Webhooks;

/// <summary>Moves messages by the statuses that Meta reports, many in one batch.</summary>
internal sealed class StatusHandler(SenderDirectory senders, IMessageStore messages, IGrainFactory grains, TimeProvider time)
{
    private const int UserStoppedMarketing = 131050;

    // One delivery may hold thousands, many deliveries more than the store takes in one transaction.
    private const int BatchSize = 1_000;

    public async Task ApplyAsync(IReadOnlyList<MessageStatusChange> changes, CancellationToken ct)
    {
        if (changes.Count == 0)
            return;
        var updates = new List<StatusUpdate>(changes.Count);
        foreach (var change in changes)
        {
            if (await ToUpdateAsync(change, ct) is { } update)
                updates.Add(update);
        }
        foreach (var batch in updates.Chunk(BatchSize))
            await messages.ApplyStatusesAsync(batch, ct);
        foreach (var update in updates.Where(update => update.ErrorCode == UserStoppedMarketing))
            await RecordMarketingStopAsync(update, ct);
    }

    private async Task<StatusUpdate?> ToUpdateAsync(MessageStatusChange change, CancellationToken ct)
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
        return new StatusUpdate
        {
            TenantId = sender.TenantId,
            MessageId = BizOpaqueCallback.TryParse(change.CallbackData, out var id) ? id : null,
            Wamid = change.Wamid,
            Evidence = evidence.Value,
            Time = change.Time ?? time.GetUtcNow(),
            ErrorCode = change.ErrorCode ?? 0,
            // Meta's own texts may quote the person; ours of the table never do.
            ErrorDetail = change.Error?.CustomerText ?? "",
        };
    }

    /// <summary>Meta refused because the person stopped marketing from this sender: that is an opt-out in the sender's scope.</summary>
    private async Task RecordMarketingStopAsync(StatusUpdate update, CancellationToken ct)
    {
        var message = update.MessageId is { } id
            ? await messages.GetAsync(update.TenantId, id, ct)
            : await messages.FindByWamidAsync(update.TenantId, update.Wamid, ct);
        if (message is null)
            return;
        var consent = grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(update.TenantId, message.ContactId));
        await consent.Record(new RecordConsent
        {
            Purpose = (int)ConsentPurpose.Marketing,
            Action = (int)ConsentAction.Revoke,
            Sender = message.SenderId.Value,
            Source = (int)ConsentSource.Meta,
            EvidenceKey = $"status:{UserStoppedMarketing}:{message.MessageId}",
            Evidence = $$"""{"code":{{UserStoppedMarketing}},"message":"{{message.MessageId}}"}""",
            Actor = "meta",
            EventTime = update.Time,
            Campaign = message.CampaignId?.Value,
        });
    }
}
