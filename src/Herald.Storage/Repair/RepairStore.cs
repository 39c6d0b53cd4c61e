using Herald.Domain.Campaigns;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;

namespace Herald.Storage.Repair;

internal sealed class RepairStore(IDatabase database, ICampaignStore campaigns) : IRepairStore
{
    private const string CountMessagesSql =
        "SELECT COUNT(*) FROM messages WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND campaign_id IS NOT NULL";

    // Locks the campaign on PostgreSQL, as freezing does before it adds messages: the count and the counter are of one moment.
    private const string RecountSql =
        $"""
        UPDATE campaigns SET recipients = ({CountMessagesSql})
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND recipients <> ({CountMessagesSql})
        """;

    private const string MiscountedSql =
        $"SELECT COUNT(*) FROM campaigns WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND recipients <> ({CountMessagesSql})";

    // Campaign state 4 is Running; message state 10 is Queued, 20 is Claimed. What was claimed or ended just now is about to be seen by the nodes.
    private const string IdleSql =
        """
        SELECT COUNT(*) FROM campaigns k
        WHERE k.tenant_id = @TenantId AND k.campaign_id = @CampaignId AND k.state = 4 AND k.prepare_done AND k.update_time < @Before
          AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.tenant_id = k.tenant_id AND m.campaign_id = k.campaign_id
                          AND m.campaign_id IS NOT NULL AND (m.state IN (10, 20) OR m.claim_time >= @Before OR m.end_time >= @Before))
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<RepairFinding>> CheckCampaignAsync(
        TenantId tenant, CampaignId campaign, DateTimeOffset now, bool mends, CancellationToken ct)
    {
        var key = new { TenantId = tenant, CampaignId = campaign, Now = now, Before = now - Patience };
        var findings = await CheckAsync(MessageChecks.Campaign, key, mends, ct);
        if (await CountAsync(MiscountedSql, key, ct) is > 0 and var miscounted)
        {
            var mended = mends ? await database.ExecuteAsync(RecountSql, key, ct) : 0;
            findings.Add(new RepairFinding("with another number of recipients than it has messages", miscounted, mended));
        }
        if (await CountAsync(IdleSql, key, ct) is > 0 and var idle)
        {
            var mended = mends && await campaigns.CompleteAsync(tenant, campaign, now, ct) ? 1 : 0;
            findings.Add(new RepairFinding("running, although nothing of it is left to send", idle, mended));
        }
        return findings;
    }

    public async Task<IReadOnlyList<RepairFinding>> CheckSinglesAsync(DateTimeOffset now, bool mends, CancellationToken ct) =>
        await CheckAsync(MessageChecks.Single, new { Now = now, Before = now - Patience }, mends, ct);

    private async Task<List<RepairFinding>> CheckAsync(IReadOnlyList<RepairCheck> checks, object key, bool mends, CancellationToken ct)
    {
        var findings = new List<RepairFinding>();
        foreach (var check in checks)
        {
            var count = await CountAsync(check.CountSql, key, ct);
            if (count == 0)
                continue;
            var mended = mends && check.MendSql.Length > 0 ? await MendAsync(check, key, ct) : 0;
            findings.Add(new RepairFinding(check.Problem, count, mended));
        }
        return findings;
    }

    private Task<int> MendAsync(RepairCheck check, object key, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        var mended = 0;
        foreach (var sql in check.MendSql)
            mended = await transaction.ExecuteAsync(sql, key, ct);
        return mended;
    }, ct);

    private async Task<int> CountAsync(string sql, object key, CancellationToken ct) => (int)await database.FindAsync<long>(sql, key, ct);
}
