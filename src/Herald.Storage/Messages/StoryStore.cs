using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Tenants;

namespace Herald.Storage.Messages;

internal sealed class StoryStore(IDatabase database, IMessageStore messages, ICampaignStore campaigns, ISenderStore senders) : IStoryStore
{
    // Action 2 is Revoke, purpose 3 is All. The event that ended the message was recorded at that moment or before.
    private const string BarredSql =
        $"""
        SELECT {ConsentSql.EventColumns} FROM consent_events
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND action = 2 AND scope_id = @Scope AND purpose IN (@Purpose, 3)
          AND record_time <= @EndTime
        ORDER BY event_time DESC, event_id DESC LIMIT 1
        """;

    private const string AnswersSql =
        $"""
        SELECT {ConsentSql.EventColumns} FROM consent_events
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND message_id = @MessageId
        ORDER BY event_id
        """;

    public async Task<MessageStory?> GetAsync(TenantId tenant, MessageId message, CancellationToken ct)
    {
        if (await messages.GetAsync(tenant, message, ct) is not { } row)
            return null;
        return new MessageStory
        {
            Message = row,
            Attempts = await messages.ListAttemptsAsync(tenant, message, ct),
            Campaign = row.CampaignId is { } campaign ? await campaigns.GetAsync(tenant, campaign, ct) : null,
            Sender = await senders.GetAsync(tenant, row.SenderId, ct),
            Barred = await BarredAsync(row, ct),
            Answers = await database.ListAsync<ConsentEventRow>(
                AnswersSql, new { TenantId = tenant, row.ContactId, MessageId = message }, ct),
        };
    }

    private async Task<ConsentEventRow?> BarredAsync(MessageRow row, CancellationToken ct)
    {
        if (row.SuppressionReason is not (SuppressionReason.OptedOut or SuppressionReason.SenderPreference) || row.EndTime is not { } endTime)
            return null;
        return await database.FindAsync<ConsentEventRow>(BarredSql, new
        {
            row.TenantId,
            row.ContactId,
            Scope = row.SuppressionReason == SuppressionReason.OptedOut ? Guid.Empty : row.SenderId.Value,
            Purpose = row.Class == MessageClass.Marketing ? ConsentPurpose.Marketing : ConsentPurpose.Utility,
            EndTime = endTime,
        }, ct);
    }
}
