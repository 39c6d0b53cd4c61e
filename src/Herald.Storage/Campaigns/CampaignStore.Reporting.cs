using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>Figures, counted from the messages themselves, so that they can't drift.</summary>
internal sealed partial class CampaignStore
{
    private const string FiguresSql =
        """
        SELECT state, suppression_reason, error_code, COUNT(*) AS count, COUNT(sent_time) AS sent_count
        FROM messages
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND campaign_id IS NOT NULL
        GROUP BY state, suppression_reason, error_code
        """;

    // Action 2 is Revoke; purpose 1 is Marketing, 3 is All.
    private const string OptedOutSql =
        """
        SELECT COUNT(DISTINCT contact_id) FROM consent_events
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND campaign_id IS NOT NULL AND action = 2 AND purpose IN (1, 3)
        """;

    public async Task<CampaignReportRow?> ReportAsync(TenantId tenant, CampaignId campaign, CancellationToken ct)
    {
        var key = new { TenantId = tenant, CampaignId = campaign };
        if (await GetAsync(tenant, campaign, ct) is null)
            return null;
        var figures = await database.ListAsync<Figure>(FiguresSql, key, ct);
        var optedOut = await database.FindAsync<long>(OptedOutSql, key, ct);
        return new CampaignReportRow
        {
            Recipients = figures.Sum(figure => figure.Count),
            ByState = Sum(figures, figure => figure.State),
            SentTotal = figures.Sum(figure => IsSent(figure.State) ? figure.Count : figure.SentCount),
            DeliveredTotal = figures.Where(figure => figure.State is MessageState.Delivered or MessageState.Read).Sum(figure => figure.Count),
            ReadTotal = figures.Where(figure => figure.State == MessageState.Read).Sum(figure => figure.Count),
            SuppressedByReason = Sum(figures.Where(figure => figure.State == MessageState.Suppressed), figure => figure.SuppressionReason),
            FailedByCode = Sum(figures.Where(figure => figure.State == MessageState.Failed), figure => figure.ErrorCode),
            OptedOut = optedOut,
        };
    }

    // A delivered or read status proves that it was sent, even if the sent status never came.
    private static bool IsSent(MessageState state) => state is MessageState.Sent or MessageState.Delivered or MessageState.Read;

    private static Dictionary<TKey, long> Sum<TKey>(IEnumerable<Figure> figures, Func<Figure, TKey> key)
        where TKey : notnull =>
        figures.GroupBy(key).ToDictionary(group => group.Key, group => group.Sum(figure => figure.Count));

    private sealed class Figure
    {
        public MessageState State { get; init; }

        public SuppressionReason SuppressionReason { get; init; }

        public int ErrorCode { get; init; }

        public long Count { get; init; }

        public long SentCount { get; init; }
    }
}
