using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

internal sealed partial class CampaignStore(IDatabase database, ICampaignAudience audience, CampaignMemory memory, IDialect dialect) : ICampaignStore
{
    private const int ListLiveMax = 1_000;

    // The sweep runs all the time, so what it has not found for so long is not there; ended campaigns need not be looked at for ever.
    private static readonly TimeSpan OrphanAgeMax = TimeSpan.FromDays(30);

    private const string Columns =
        """
        tenant_id, campaign_id, display_name, template_id, sender_id, list_id, parameters, state, pause_cause, pause_actor, state_detail, recipients,
        prepare_cursor, prepare_done, last_request_id, schedule_time, launch_time, start_time, end_time, version, create_time, update_time
        """;

    private const string InsertSql =
        $"""
        INSERT INTO campaigns ({Columns})
        VALUES (@TenantId, @CampaignId, @DisplayName, @TemplateId, @SenderId, @ListId, @Parameters, @State, @PauseCause, @PauseActor, @StateDetail,
          @Recipients, @PrepareCursor, @PrepareDone, @LastRequestId, @ScheduleTime, @LaunchTime, @StartTime, @EndTime, 1, @CreateTime, @UpdateTime)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql = $"SELECT {Columns} FROM campaigns WHERE tenant_id = @TenantId AND campaign_id = @CampaignId";

    // State 0 stands for any.
    private const string ListSql =
        $"""
        SELECT {Columns} FROM campaigns
        WHERE tenant_id = @TenantId AND campaign_id < @After AND (@State = 0 OR state = @State)
        ORDER BY campaign_id DESC LIMIT @PageSize
        """;

    // The list of states repeats the index's condition, so that both databases use it. State 2 is Scheduled.
    private const string ListLiveSql =
        $"""
        SELECT {Columns} FROM campaigns
        WHERE state IN (2, 3, 4, 5) AND state = @State AND (state <> 2 OR schedule_time <= @DueBefore)
        ORDER BY campaign_id LIMIT @Limit
        """;

    // State 4 is Running; queue stage 10 is Queued or Claimed.
    private const string ListRunningWithWorkSql =
        $"""
        SELECT {Columns} FROM campaigns
        WHERE state IN (2, 3, 4, 5) AND state = 4 AND (NOT prepare_done OR NOT EXISTS (
          SELECT 1 FROM messages m WHERE m.tenant_id = campaigns.tenant_id AND m.sender_id = campaigns.sender_id
            AND m.campaign_id = campaigns.campaign_id AND m.queue_stage = 10))
        ORDER BY campaign_id LIMIT @Limit
        """;

    private const string UpdateSql =
        $"""
        UPDATE campaigns
        SET display_name = @DisplayName, template_id = @TemplateId, sender_id = @SenderId, list_id = @ListId, parameters = @Parameters,
            state = @State, pause_cause = @PauseCause, pause_actor = @PauseActor, state_detail = @StateDetail, last_request_id = @LastRequestId,
            schedule_time = @ScheduleTime, launch_time = @LaunchTime, start_time = @StartTime, end_time = @EndTime,
            version = version + 1, update_time = @UpdateTime
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND version = @Version
        RETURNING {Columns}
        """;

    // Campaign state 4 is Running, 6 is Completed; queue stage 10 is Queued or Claimed.
    private const string CompleteSql =
        """
        UPDATE campaigns
        SET state = 6, end_time = @Now, version = version + 1, update_time = @Now
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND state = 4 AND prepare_done
          AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.tenant_id = @TenantId AND m.sender_id = campaigns.sender_id
                          AND m.campaign_id = @CampaignId AND m.queue_stage = 10)
        """;

    private const string ThisCampaign = "SELECT tenant_id, sender_id, campaign_id FROM campaigns WHERE tenant_id = @TenantId AND campaign_id = @CampaignId";

    // States 7 and 8 are Cancelled and Failed. Each such campaign costs one look into the index of what is due.
    private const string BrokenOffCampaigns =
        "SELECT tenant_id, sender_id, campaign_id FROM campaigns WHERE state IN (7, 8) AND end_time >= @EndedSince";

    // Materialized, because a subquery that locks may run more than once and would then pass its limit.
    private const string CancelHead = "WITH picked AS MATERIALIZED (SELECT m.tenant_id, m.message_id FROM (";

    // State 10 is Queued.
    private const string IsQueued =
        "m.tenant_id = k.tenant_id AND m.sender_id = k.sender_id AND m.campaign_id = k.campaign_id AND m.queue_stage = 10 AND m.state = 10";

    // LATERAL, and CROSS JOIN on SQLite, begin with the campaigns: begun with the messages, all that is queued would be read.
    private const string QueuedPostgreSql = $") k CROSS JOIN LATERAL (SELECT m.tenant_id, m.message_id FROM messages m WHERE {IsQueued} FOR UPDATE";

    private const string QueuedSqlite = $") k CROSS JOIN messages m ON {IsQueued}";

    // State 73 is Cancelled.
    private const string CancelTail =
        """
         LIMIT @Limit)
        UPDATE messages SET state = 73, end_time = @Now, content = NULL
        WHERE state = 10 AND (tenant_id, message_id) IN (SELECT tenant_id, message_id FROM picked)
        """;

    // What a campaign refers to is held until the commit, so that it is either gone before or found in use; see SqlText.UnfinishedCampaign.
    private const string ReferencesSql =
        """
        SELECT 1
        FROM templates t
        JOIN senders s ON s.tenant_id = t.tenant_id AND s.sender_id = @SenderId
        JOIN contact_lists l ON l.tenant_id = t.tenant_id AND l.list_id = @ListId
        WHERE t.tenant_id = @TenantId AND t.template_id = @TemplateId
        """;

    private readonly string _referencesSql = dialect.Pick(ReferencesSql + " FOR SHARE", ReferencesSql);

    private readonly string _cancelOrphansSql = dialect.Pick(
        CancelHead + BrokenOffCampaigns + QueuedPostgreSql + " SKIP LOCKED) m" + CancelTail, CancelHead + BrokenOffCampaigns + QueuedSqlite + CancelTail);

    private readonly string _lockSql = dialect.Pick(GetSql + " FOR UPDATE", GetSql);

    // Claims that are being decided are waited for, so that 0 means that none is queued.
    private readonly string _cancelSql = dialect.Pick(
        CancelHead + ThisCampaign + QueuedPostgreSql + ") m" + CancelTail, CancelHead + ThisCampaign + QueuedSqlite + CancelTail);

    public Task<CampaignInsertResult> InsertAsync(CampaignRow row, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        if (await transaction.FindAsync<int?>(_referencesSql, row, ct) is null)
            return CampaignInsertResult.ReferenceAbsent;
        return await transaction.ExecuteAsync(InsertSql, row, ct) == 1 ? CampaignInsertResult.Inserted : CampaignInsertResult.IdExists;
    }, ct);

    public Task<CampaignRow?> GetAsync(TenantId tenant, CampaignId campaign, CancellationToken ct) =>
        database.FindAsync<CampaignRow>(GetSql, new { TenantId = tenant, CampaignId = campaign }, ct);

    public Task<CampaignRow?> RecallAsync(TenantId tenant, CampaignId campaign, CancellationToken ct) =>
        memory.RecallAsync(tenant, campaign, () => GetAsync(tenant, campaign, CancellationToken.None)).WaitAsync(ct);

    public Task<IReadOnlyList<CampaignRow>> ListAsync(TenantId tenant, CampaignState? state, CampaignId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<CampaignRow>(
            ListSql, new { TenantId = tenant, State = state ?? 0, After = after?.Value ?? StoreQueries.IdMax, PageSize = pageSize }, ct);

    public async Task<IReadOnlyList<CampaignRow>> ListLiveAsync(IReadOnlyList<CampaignState> states, DateTimeOffset dueBefore, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Any(state => state is < CampaignState.Scheduled or > CampaignState.Paused))
            throw new ArgumentException("Only Scheduled, Preparing, Running and Paused campaigns are live.", nameof(states));
        List<CampaignRow> rows = [];
        foreach (var state in states.Distinct())
            rows.AddRange(await database.ListAsync<CampaignRow>(ListLiveSql, new { State = state, DueBefore = dueBefore, Limit = ListLiveMax }, ct));
        return [.. rows.OrderBy(row => row.CampaignId.Value).Take(ListLiveMax)];
    }

    public async Task<IReadOnlyList<CampaignRow>> ListDueAsync(DateTimeOffset now, CancellationToken ct)
    {
        List<CampaignRow> rows = [];
        foreach (var state in new[] { CampaignState.Scheduled, CampaignState.Preparing })
            rows.AddRange(await database.ListAsync<CampaignRow>(ListLiveSql, new { State = state, DueBefore = now, Limit = ListLiveMax }, ct));
        rows.AddRange(await database.ListAsync<CampaignRow>(ListRunningWithWorkSql, new { Limit = ListLiveMax }, ct));
        return rows;
    }

    public Task<CampaignRow?> UpdateAsync(CampaignRow row, CancellationToken ct) => ChangeAsync(row.TenantId, row.CampaignId, async transaction =>
    {
        // Only a draft may be given other references.
        if (row.State == CampaignState.Draft && await transaction.FindAsync<int?>(_referencesSql, row, ct) is null)
            return null;
        var updated = await transaction.FindAsync<CampaignRow>(UpdateSql, row, ct);
        if (updated is not null)
        {
            await SignalAsync(transaction, row.TenantId, row.CampaignId, ct);
            await database.NotifyAsync(transaction, SignalChannels.QueueChannel, SignalChannels.Queue(row.TenantId, row.SenderId), ct);
        }
        return updated;
    }, ct);

    public Task<PrepareBatchResult> PrepareBatchAsync(
        TenantId tenant, CampaignId campaign, int size, DateTimeOffset now, Func<MessageId> newId, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 10_000);
        ArgumentNullException.ThrowIfNull(newId);
        return ChangeAsync(tenant, campaign, transaction => PrepareAsync(transaction, tenant, campaign, size, now, newId, ct), ct);
    }

    public Task<int> CancelQueuedAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ExecuteAsync(_cancelSql, new { TenantId = tenant, CampaignId = campaign, Now = now, Limit = limit }, ct);

    public Task<int> CancelOrphansAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ExecuteAsync(_cancelOrphansSql, new { Now = now, EndedSince = now - OrphanAgeMax, Limit = limit }, ct);

    public Task<bool> CompleteAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, CancellationToken ct) =>
        ChangeAsync(tenant, campaign, async transaction =>
        {
            // Held first, so that the statement that looks at the messages sees all that was queued under the campaign's lock.
            await transaction.FindAsync<CampaignRow>(_lockSql, new { TenantId = tenant, CampaignId = campaign }, ct);
            if (await transaction.ExecuteAsync(CompleteSql, new { TenantId = tenant, CampaignId = campaign, Now = now }, ct) == 0)
                return false;
            await SignalAsync(transaction, tenant, campaign, ct);
            return true;
        }, ct);

    private async Task<T> ChangeAsync<T>(TenantId tenant, CampaignId campaign, Func<DbTransaction, Task<T>> change, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((_, transaction) => change(transaction), ct);
        }
        finally
        {
            // Also after an error, which may have come behind the commit.
            memory.Forget(tenant, campaign);
        }
    }

    private Task SignalAsync(DbTransaction transaction, TenantId tenant, CampaignId campaign, CancellationToken ct) =>
        database.NotifyAsync(transaction, SignalChannels.CampaignChannel, SignalChannels.Campaign(tenant, campaign), ct);
}
