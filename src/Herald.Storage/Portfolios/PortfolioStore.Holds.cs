using System.Data.Common;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Portfolios;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using Herald.Storage.PostgreSql;

namespace Herald.Storage.Portfolios;

/// <summary>
/// What the limit put off, when there is room for it before its time. Nobody has to tell that there is: a look at the portfolios that have anything put off
/// finds it, whatever it came from.
/// </summary>
internal sealed partial class PortfolioStore
{
    // Holds for messages m that wait for the limit and for nothing else: state 10 is Queued, and queue stage 10, Queued or Claimed, is the
    // condition of the index.
    private const string IsPutOff = "m.queue_stage = 10 AND m.state = 10 AND m.due_time = m.limit_due_time";

    // The senders s of the portfolio that may send: states 3 and 4 are Active and Throttled.
    private const string SendersOfPortfolio = "senders s WHERE s.portfolio_id = @PortfolioId AND s.state IN (3, 4)";

    private const string CampaignsOfPortfolio =
        $"""
        senders s JOIN campaigns k ON k.tenant_id = s.tenant_id AND k.sender_id = s.sender_id
        WHERE s.portfolio_id = @PortfolioId AND s.state IN (3, 4) AND {ClaimSql.IsClaimable}
        """;

    private const string OfSenderOnly = "m.tenant_id = s.tenant_id AND m.sender_id = s.sender_id AND m.campaign_id IS NULL";

    private const string OfCampaign = "m.tenant_id = s.tenant_id AND m.sender_id = s.sender_id AND m.campaign_id = k.campaign_id";

    // The last class that sender s may send now: 3 is Utility, 4 is Marketing.
    private const string LastClass = "CASE WHEN s.is_marketing_stopped THEN 3 ELSE 4 END";

    // Where nothing is put off at all, the first condition ends it. Where only the reserve is left, there is no room for marketing. OFFSET 0, here and
    // below, makes the planner look each up by the index; it would read all that is put off (80 ms for 50,000 of 400,000).
    private const string ListWithRoomSql =
        $"""
        WITH rooms AS MATERIALIZED (
          SELECT p.portfolio_id,
            CASE WHEN p.people_max IS NULL OR p.people_max - CAST(p.people_max AS bigint) * p.reserve_percent / 100 > p.reached THEN 4 ELSE 3 END AS last_class
          FROM (
            SELECT portfolio_id, people_max, reserve_percent, (
              SELECT COALESCE(SUM(n.reached), 0) FROM portfolio_spans n WHERE n.portfolio_id = portfolios.portfolio_id AND n.span_time > @Oldest) AS reached
            FROM portfolios) p
          WHERE EXISTS (SELECT 1 FROM messages m WHERE {IsPutOff}) AND (p.people_max IS NULL OR p.people_max > p.reached)
        )
        SELECT p.portfolio_id FROM rooms p
        WHERE EXISTS (
            SELECT 1 FROM senders s
            WHERE s.portfolio_id = p.portfolio_id AND s.state IN (3, 4) AND EXISTS (
              SELECT 1 FROM messages m WHERE {OfSenderOnly} AND {IsPutOff} AND m.class <= p.last_class AND m.class <= {LastClass} LIMIT 1 OFFSET 0))
          OR EXISTS (
            SELECT 1 FROM senders s JOIN campaigns k ON k.tenant_id = s.tenant_id AND k.sender_id = s.sender_id
            WHERE s.portfolio_id = p.portfolio_id AND s.state IN (3, 4) AND {ClaimSql.IsClaimable} AND EXISTS (
              SELECT 1 FROM messages m WHERE {OfCampaign} AND {IsPutOff} AND m.class <= p.last_class AND m.class <= {LastClass} LIMIT 1 OFFSET 0))
        ORDER BY p.portfolio_id
        """;

    private const string GetForHoldsSql = "SELECT portfolio_id, people_max, reserve_percent, update_time FROM portfolios WHERE portfolio_id = @PortfolioId";

    // Replies cost nothing, so they take no room, and what its sender may not send now takes none either. Each count ends at the limit, however much is due.
    private const string CountDueSql =
        $"""
        SELECT c.class, (
            SELECT COALESCE(SUM((
              SELECT COUNT(*) FROM (
                SELECT 1 FROM messages m WHERE {OfSenderOnly} AND m.class = c.class AND m.queue_stage = 10 AND m.state = 10 AND m.due_time <= @Now LIMIT @Limit) q)), 0)
            FROM {SendersOfPortfolio} AND c.class <= {LastClass}
          ) + (
            SELECT COALESCE(SUM((
              SELECT COUNT(*) FROM (
                SELECT 1 FROM messages m WHERE {OfCampaign} AND m.class = c.class AND m.queue_stage = 10 AND m.state = 10 AND m.due_time <= @Now LIMIT @Limit) q)), 0)
            FROM {CampaignsOfPortfolio} AND c.class <= {LastClass}
          ) AS due
        FROM (SELECT 1 AS class UNION ALL SELECT 3 UNION ALL SELECT 4) c
        ORDER BY c.class
        """;

    private const string ListLinesSql =
        $"""
        SELECT s.tenant_id, s.sender_id, NULL AS campaign_id, {LastClass} AS last_class FROM {SendersOfPortfolio}
          AND EXISTS (SELECT 1 FROM messages m WHERE {OfSenderOnly} AND {IsPutOff} AND m.class <= {LastClass} LIMIT 1 OFFSET 0)
        UNION ALL
        SELECT s.tenant_id, s.sender_id, k.campaign_id, {LastClass} AS last_class FROM {CampaignsOfPortfolio}
          AND EXISTS (SELECT 1 FROM messages m WHERE {OfCampaign} AND {IsPutOff} AND m.class <= {LastClass} LIMIT 1 OFFSET 0)
        """;

    private const string PickPutOffHead =
        $"""
        SELECT m.tenant_id, m.sender_id, m.message_id, m.class, m.due_time FROM messages m
        WHERE m.tenant_id = @TenantId AND m.sender_id = @SenderId AND {IsPutOff} AND m.class <= @ClassMax AND m.due_time > @Now AND m.campaign_id
        """;

    // Also by the campaign, though it is one for all: the index is in this order, and PostgreSQL would sort all that have none.
    private const string PickPutOffTail = " ORDER BY m.campaign_id, m.class, m.due_time, m.message_id LIMIT @Limit";

    private const string PickOfSenderSql = $"{PickPutOffHead} IS NULL{PickPutOffTail}";

    private const string PickOfCampaignSql = $"{PickPutOffHead} = @CampaignId{PickPutOffTail}";

    // Picked without locks, and only what will move is locked: an opt-out skips what is locked, and what is due after that, a claim decides next. What is
    // being suppressed or held just now is left to the next time: no one waits for anybody here but for the portfolio. State 10 is Queued; "+ 0" keeps
    // the index of the queue out of it.
    private const string BringForwardPostgreSql =
        """
        WITH free AS MATERIALIZED (
          SELECT f.tenant_id, f.message_id
          FROM json_to_recordset(CAST(@Rows AS json)) AS r (tenant uuid, message uuid, due bigint)
          CROSS JOIN LATERAL (
            SELECT tenant_id, message_id FROM messages
            WHERE tenant_id = r.tenant AND message_id = r.message AND state + 0 = 10 AND due_time = r.due AND due_time = limit_due_time
            FOR UPDATE SKIP LOCKED) f
        )
        UPDATE messages m
        SET due_time = @Now
        FROM free f
        WHERE m.tenant_id = f.tenant_id AND m.message_id = f.message_id
        RETURNING m.message_id
        """;

    private const string BringForwardSqlite =
        """
        UPDATE messages
        SET due_time = @Now
        FROM (SELECT value ->> 'tenant' AS tenant, value ->> 'message' AS message, value ->> 'due' AS due FROM json_each(@Rows)) r
        WHERE messages.tenant_id = r.tenant AND messages.message_id = r.message AND messages.state = 10
          AND messages.due_time = r.due AND messages.due_time = messages.limit_due_time
        RETURNING message_id
        """;

    private const string UnplanPostgreSql =
        """
        UPDATE portfolio_spans s SET planned = GREATEST(s.planned - r.count, 0)
        FROM json_to_recordset(CAST(@Rows AS json)) AS r (span bigint, count integer)
        WHERE s.portfolio_id = @PortfolioId AND s.span_time = r.span
        """;

    private const string UnplanSqlite =
        """
        UPDATE portfolio_spans SET planned = MAX(planned - r.count, 0)
        FROM (SELECT value ->> 'span' AS span, value ->> 'count' AS count FROM json_each(@Rows)) r
        WHERE portfolio_spans.portfolio_id = @PortfolioId AND portfolio_spans.span_time = r.span
        """;

    // The portfolio is locked meanwhile, and all claims of it wait.
    private readonly string _byKeySql = dialect.Pick(PostgreSqlPlanner.ByKeySql, "");

    // Claims count in turn behind this lock, and another node that does the same sees what was brought forward here.
    private readonly string _lockForHoldsSql = dialect.Pick(GetForHoldsSql + " FOR UPDATE", GetForHoldsSql);

    private readonly string _bringForwardSql = dialect.Pick(BringForwardPostgreSql, BringForwardSqlite);
    private readonly string _unplanSql = dialect.Pick(UnplanPostgreSql, UnplanSqlite);

    public async Task<int> BringForwardAsync(DateTimeOffset now, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var moved = 0;
        foreach (var portfolio in await database.ListAsync<string>(ListWithRoomSql, new { Oldest = PortfolioBudget.Oldest(now) }, ct))
            moved += await database.WriteAsync((_, transaction) => BringForwardAsync(transaction, portfolio, now, limit, ct), ct);
        return moved;
    }

    private async Task<int> BringForwardAsync(DbTransaction transaction, string portfolioId, DateTimeOffset now, int limit, CancellationToken ct)
    {
        var key = new { PortfolioId = portfolioId, Now = now, Limit = limit, Oldest = PortfolioBudget.Oldest(now) };
        if (_byKeySql.Length > 0)
            await transaction.ExecuteAsync(_byKeySql, null, ct);
        if (await transaction.FindAsync<PortfolioRow>(_lockForHoldsSql, key, ct) is not { } portfolio)
            return 0;
        PortfolioBudget? budget = null;
        var most = limit;
        if (portfolio.PeopleMax is { } peopleMax)
        {
            var spans = await transaction.ListAsync<SpanRow>(PortfolioSql.Spans, key, ct);
            budget = new PortfolioBudget(peopleMax, portfolio.ReservePercent, now, spans.Select(span => span.ToSpan()));
            if (budget.Left == 0)
                return 0;
            foreach (var line in await transaction.ListAsync<DueCount>(CountDueSql, key, ct))
            {
                // What is due already comes first.
                var due = Math.Min(line.Due, limit);
                most -= (int)Math.Min(due, most);
                while (due > 0 && budget.TryTake(line.Class))
                    due--;
            }
            most = (int)Math.Min(most, budget.Left);
        }
        if (most == 0)
            return 0;
        var picked = await PickAsync(transaction, key.PortfolioId, now, budget is { LeftForMarketing: 0 } ? MessageClass.Utility : MessageClass.Marketing, most, ct);
        var moves = budget is null ? picked.Take(most).ToList() : picked.Where(message => budget.TryTake(message.Class)).Take(most).ToList();
        return await WriteAsync(transaction, portfolioId, now, moves, ct);
    }

    private static async Task<IReadOnlyList<PutOff>> PickAsync(
        DbTransaction transaction, string portfolio, DateTimeOffset now, MessageClass classMax, int most, CancellationToken ct)
    {
        var picked = new List<PutOff>();
        foreach (var line in await transaction.ListAsync<Line>(ListLinesSql, new { PortfolioId = portfolio }, ct))
        {
            picked.AddRange(await transaction.ListAsync<PutOff>(line.CampaignId is null ? PickOfSenderSql : PickOfCampaignSql, new
            {
                line.TenantId,
                line.SenderId,
                CampaignId = line.CampaignId ?? default,
                ClassMax = line.LastClass < classMax ? line.LastClass : classMax,
                Now = now,
                Limit = most,
            }, ct));
        }
        return [.. picked.OrderBy(message => message.Class).ThenBy(message => message.DueTime).ThenBy(message => message.MessageId.Value)];
    }

    private async Task<int> WriteAsync(
        DbTransaction transaction, string portfolio, DateTimeOffset now, List<PutOff> chosen, CancellationToken ct)
    {
        if (chosen.Count == 0)
            return 0;
        var rows = chosen.Select(move => new { tenant = Text(move.TenantId.Value), message = Text(move.MessageId.Value), due = Micros.FromTime(move.DueTime) });
        var moved = (await transaction.ListAsync<MessageId>(_bringForwardSql, new { Now = now, Rows = JsonSerializer.Serialize(rows) }, ct)).ToHashSet();
        var moves = chosen.Where(move => moved.Contains(move.MessageId)).ToList();
        if (moves.Count == 0)
            return 0;
        // Nobody comes any more for whom room was kept there.
        var spans = moves.GroupBy(move => PortfolioBudget.SpanOf(Micros.FromTime(move.DueTime)))
            .Select(span => new { span = span.Key, count = span.Count() });
        await transaction.ExecuteAsync(_unplanSql, new { PortfolioId = portfolio, Rows = JsonSerializer.Serialize(spans) }, ct);
        foreach (var sender in moves.Select(move => SignalChannels.Queue(move.TenantId, move.SenderId)).Distinct(StringComparer.Ordinal))
            await database.NotifyAsync(transaction, SignalChannels.QueueChannel, sender, ct);
        return moves.Count;
    }

    private static string Text(Guid id) => id.ToString("D").ToUpperInvariant();

    private sealed class DueCount
    {
        public MessageClass Class { get; init; }

        public long Due { get; init; }
    }

    /// <summary>A part of the queue: a campaign of a sender, or what a sender has to send without one.</summary>
    private sealed class Line
    {
        public TenantId TenantId { get; init; }

        public SenderId SenderId { get; init; }

        public CampaignId? CampaignId { get; init; }

        public MessageClass LastClass { get; init; }
    }

    private sealed record class PutOff
    {
        public TenantId TenantId { get; init; }

        public SenderId SenderId { get; init; }

        public MessageId MessageId { get; init; }

        public MessageClass Class { get; init; }

        public DateTimeOffset DueTime { get; init; }
    }
}
