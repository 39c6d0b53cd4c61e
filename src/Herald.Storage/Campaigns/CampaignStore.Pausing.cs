using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>Which campaigns a failure stops, and which go on after it.</summary>
internal sealed partial class CampaignStore
{
    // State 4 is Running.
    private const string ListRunningSql =
        $"SELECT {Columns} FROM campaigns WHERE tenant_id = @TenantId AND sender_id = @SenderId AND state = 4 ORDER BY campaign_id";

    // State 5 is Paused; causes 4, 5 and 7 are TemplatePaused, TokenInvalid and SenderUnavailable; template state @Approved; sender states 3 and 4 are
    // Active and Throttled; template category 1 is Marketing. A campaign is paused for its sender, and by what Meta says of its template, only while these can't be used, so that it goes on
    // once they can, however the times of two nodes compare. Of refused messages Meta says no word on the template: only its next change can end that.
    private const string ListLiftableSql =
        $"""
        SELECT {Columns} FROM campaigns
        WHERE state IN (2, 3, 4, 5) AND state = 5 AND pause_cause IN (4, 5, 7)
          AND EXISTS (SELECT 1 FROM senders s
                      WHERE s.tenant_id = campaigns.tenant_id AND s.sender_id = campaigns.sender_id AND s.state IN (3, 4))
          AND EXISTS (SELECT 1 FROM templates t
                      WHERE t.tenant_id = campaigns.tenant_id AND t.template_id = campaigns.template_id AND t.state = @Approved
                        AND (t.category <> 1 OR NOT EXISTS (
                          SELECT 1 FROM senders r
                          WHERE r.tenant_id = campaigns.tenant_id AND r.sender_id = campaigns.sender_id AND r.is_marketing_stopped))
                        AND (campaigns.pause_cause <> 4 OR campaigns.pause_actor = 'meta' OR t.update_time > campaigns.update_time))
        ORDER BY campaign_id LIMIT @Limit
        """;

    // State 4 is Running; template state @Approved; sender states 3 and 4 are Active and Throttled. One look by key at each for each running campaign.
    private const string ListStoppedSql =
        $"""
        SELECT {Columns} FROM campaigns
        WHERE state IN (2, 3, 4, 5) AND state = 4 AND NOT (
          EXISTS (SELECT 1 FROM senders s
                  WHERE s.tenant_id = campaigns.tenant_id AND s.sender_id = campaigns.sender_id AND s.state IN (3, 4))
          AND EXISTS (SELECT 1 FROM templates t
                      WHERE t.tenant_id = campaigns.tenant_id AND t.template_id = campaigns.template_id AND t.state = @Approved
                        AND (t.category <> 1 OR NOT EXISTS (
                          SELECT 1 FROM senders r
                          WHERE r.tenant_id = campaigns.tenant_id AND r.sender_id = campaigns.sender_id AND r.is_marketing_stopped))))
        ORDER BY campaign_id LIMIT @Limit
        """;

    public Task<IReadOnlyList<CampaignRow>> ListStoppedAsync(int limit, CancellationToken ct) =>
        database.ListAsync<CampaignRow>(ListStoppedSql, new { TemplateState.Approved, Limit = limit }, ct);

    public Task<IReadOnlyList<CampaignRow>> ListRunningAsync(TenantId tenant, SenderId sender, CancellationToken ct) =>
        database.ListAsync<CampaignRow>(ListRunningSql, new { TenantId = tenant, SenderId = sender }, ct);

    public Task<IReadOnlyList<CampaignRow>> ListLiftableAsync(int limit, CancellationToken ct) =>
        database.ListAsync<CampaignRow>(ListLiftableSql, new { TemplateState.Approved, Limit = limit }, ct);
}
