using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>The freezing of an audience, one resumable step at a time.</summary>
internal sealed partial class CampaignStore
{
    private const string CategorySql = "SELECT category FROM templates WHERE tenant_id = @TenantId AND template_id = @TemplateId";

    private const string MembersSql =
        """
        SELECT contact_id FROM contact_list_members
        WHERE tenant_id = @TenantId AND list_id = @ListId AND contact_id > @Cursor
        ORDER BY contact_id LIMIT @Size
        """;

    private const string AdvanceSql =
        """
        UPDATE campaigns SET prepare_cursor = @Cursor, recipients = recipients + @Added, prepare_done = @Done
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId
        """;

    private async Task<PrepareBatchResult> PrepareAsync(
        DbTransaction transaction, TenantId tenant, CampaignId campaignId, int size, DateTimeOffset now, Func<MessageId> newId, CancellationToken ct)
    {
        var campaign = await transaction.FindAsync<CampaignRow>(_lockSql, new { TenantId = tenant, CampaignId = campaignId }, ct);
        if (campaign is not { PrepareDone: false, State: CampaignState.Preparing or CampaignState.Running or CampaignState.Paused })
            return new PrepareBatchResult { Added = 0, Done = true };

        var category = await transaction.FindAsync<TemplateCategory?>(CategorySql, new { campaign.TenantId, campaign.TemplateId }, ct)
            ?? throw new InvalidOperationException($"The template of campaign {campaignId} is gone.");
        var members = await transaction.ListAsync<ContactId>(
            MembersSql, new { campaign.TenantId, campaign.ListId, Cursor = campaign.PrepareCursor ?? default, Size = size }, ct);
        var added = members.Count == 0 ? 0 : await audience.InsertAsync(
            transaction,
            new AudienceBatch(tenant, campaignId, campaign.SenderId, campaign.TemplateId, ClassOf(category), now, [.. members.Select(c => (newId(), c))]),
            ct);

        var isDone = members.Count < size;
        await transaction.ExecuteAsync(AdvanceSql, new
        {
            TenantId = tenant,
            CampaignId = campaignId,
            Cursor = members.Count == 0 ? campaign.PrepareCursor : members[^1],
            Added = (long)added,
            Done = isDone,
        }, ct);
        if (added > 0)
            await database.NotifyAsync(transaction, SignalChannels.QueueChannel, SignalChannels.Queue(tenant, campaign.SenderId), ct);
        if (isDone)
            await SignalAsync(transaction, tenant, campaignId, ct);
        return new PrepareBatchResult { Added = added, Done = isDone };
    }

    private static MessageClass ClassOf(TemplateCategory category) => category switch
    {
        TemplateCategory.Marketing => MessageClass.Marketing,
        TemplateCategory.Utility => MessageClass.Utility,
        TemplateCategory.Authentication => MessageClass.Authentication,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Unknown template category."),
    };
}
