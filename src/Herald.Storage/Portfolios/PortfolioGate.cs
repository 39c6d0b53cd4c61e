using System.Data.Common;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Portfolios;
using Herald.Storage.Consents;
using Herald.Storage.Messages;

namespace Herald.Storage.Portfolios;

/// <summary>
/// The part of a claim that keeps a portfolio within its limit: of the messages that a claim picked and may send, it puts those off for whom nothing is
/// left, and counts the people of the others. Replies, and whoever wrote within the day, cost nothing; who was reached within the day counts
/// on without costing anew. Whoever lives where Meta lets the sender send nothing costs nothing either: what is for them ends without a request.
/// </summary>
/// <remarks>
/// On PostgreSQL the portfolio's row is locked until the claim commits, so that the senders of one portfolio count in turn, on whatever node. Claims
/// queue for it before they hold any consent, so that an opt-out waits for one claim and not for a queue of them. What is counted stays counted if
/// the message is refused later: Meta may count it too.
/// </remarks>
internal sealed class PortfolioGate(IDialect dialect)
{
    // A window that ends while the message is under way would be none for Meta; of a country that opens meanwhile somebody may be reached.
    private static readonly TimeSpan WindowMargin = TimeSpan.FromMinutes(1);

    private const string AsksHead = $"SELECT m.message_id, m.contact_id, {ConsentSql.Class} AS class, r.reach_time FROM ";

    private const string AsksFromPostgreSql =
        """
        unnest(@Ids) WITH ORDINALITY AS i (message_id, place)
        CROSS JOIN LATERAL (SELECT * FROM messages WHERE tenant_id = @TenantId AND message_id = i.message_id OFFSET 0) m
        """;

    private const string AsksFromSqlite =
        "json_each(@Ids) i CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value";

    // Only templates reach outside a window; campaign state 4 is Running. Leaves out what the claim will not send.
    private const string AsksTail =
        $"""

        {ConsentSql.SuppressionJoins}
        LEFT JOIN campaigns k ON k.tenant_id = m.tenant_id AND k.campaign_id = m.campaign_id
        {PortfolioSql.Joins}
        WHERE m.template_id IS NOT NULL AND (m.expire_time IS NULL OR m.expire_time > @Now) AND w.contact_id IS NULL AND {ConsentSql.SuppressionReason} = 0 AND {ClaimSql.TemplateCode} = 0
          AND (m.campaign_id IS NULL OR k.state = 4) AND {ClaimVerdict.HoldUntil} IS NULL AND {ConsentSql.Class} <= @LastClass
        """;

    // Of a message to a closed country no request is made. Only where there is any.
    private const string ReachablePostgreSql =
        """
         AND NOT EXISTS (SELECT 1 FROM json_array_elements_text(CAST(@Closed AS json)) AS o (prefix) WHERE substr(COALESCE(c.phone, c.user_id), 1, length(o.prefix)) = o.prefix)
        """;

    private const string ReachableSqlite =
        " AND NOT EXISTS (SELECT 1 FROM json_each(@Closed) o WHERE substr(COALESCE(c.phone, c.user_id), 1, length(o.value)) = o.value)";

    private const string ReachPostgreSql = "SELECT @TenantId, u.contact_id, @PortfolioId, @Now FROM unnest(@Ids) AS u (contact_id) ORDER BY u.contact_id";

    private const string ReachSqlite = "SELECT @TenantId, value, @PortfolioId, @Now FROM json_each(@Ids) WHERE true";

    private const string ReachHead = "INSERT INTO portfolio_reach (tenant_id, contact_id, portfolio_id, reach_time) ";

    private const string ReachTail = " ON CONFLICT (tenant_id, contact_id, portfolio_id) DO UPDATE SET reach_time = excluded.reach_time";

    private const string CountPostgreSql =
        """
        SELECT @PortfolioId, r.span, r.reached, r.planned
        FROM json_to_recordset(CAST(@Rows AS json)) AS r (span bigint, reached integer, planned integer)
        """;

    private const string CountSqlite =
        "SELECT @PortfolioId, value ->> 'span', value ->> 'reached', value ->> 'planned' FROM json_each(@Rows) WHERE true";

    private const string CountHead = "INSERT INTO portfolio_spans (portfolio_id, span_time, reached, planned) ";

    private const string CountTail =
        """
         ON CONFLICT (portfolio_id, span_time) DO UPDATE
        SET reached = portfolio_spans.reached + excluded.reached, planned = portfolio_spans.planned + excluded.planned
        """;

    // State 10 is Queued; "+ 0" keeps the index of the queue out of it.
    private const string PostponePostgreSql =
        """
        UPDATE messages m SET due_time = r.due, limit_due_time = r.due, limit_hold_time = @Now
        FROM json_to_recordset(CAST(@Rows AS json)) AS r (message uuid, due bigint)
        WHERE m.tenant_id = @TenantId AND m.message_id = r.message AND m.state + 0 = 10
        """;

    private const string PostponeSqlite =
        """
        UPDATE messages SET due_time = r.due, limit_due_time = r.due, limit_hold_time = @Now
        FROM (SELECT value ->> 'message' AS message, value ->> 'due' AS due FROM json_each(@Rows)) r
        WHERE messages.tenant_id = @TenantId AND messages.message_id = r.message AND messages.state = 10
        """;

    private readonly string _portfolioSql = dialect.Pick(PortfolioSql.OfSender + " FOR UPDATE OF p", PortfolioSql.OfSender);
    private readonly string _asksSql = dialect.Pick(
        AsksHead + AsksFromPostgreSql + AsksTail + " ORDER BY i.place", AsksHead + AsksFromSqlite + AsksTail + " ORDER BY i.key");
    private readonly string _reachableAsksSql = dialect.Pick(
        AsksHead + AsksFromPostgreSql + AsksTail + ReachablePostgreSql + " ORDER BY i.place",
        AsksHead + AsksFromSqlite + AsksTail + ReachableSqlite + " ORDER BY i.key");
    private readonly string _reachSql = dialect.Pick(ReachHead + ReachPostgreSql + ReachTail, ReachHead + ReachSqlite + ReachTail);
    private readonly string _countSql = dialect.Pick(CountHead + CountPostgreSql + CountTail, CountHead + CountSqlite + CountTail);
    private readonly string _postponeSql = dialect.Pick(PostponePostgreSql, PostponeSqlite);

    /// <summary>Since when somebody must have written for a window to be open.</summary>
    public static DateTimeOffset WindowSince(DateTimeOffset now) => now - PortfolioBudget.Window + WindowMargin;

    /// <summary>Locks the portfolio of the claim's sender; null when it has no limit any more.</summary>
    public Task<LimitedPortfolio?> LockAsync(DbTransaction transaction, ClaimRequest request, CancellationToken ct) =>
        transaction.FindAsync<LimitedPortfolio>(_portfolioSql, new { request.TenantId, request.SenderId }, ct);

    /// <summary>
    /// The messages that were put off, which the claim leaves queued. <paramref name="picked"/> are in the order of the claim, consent is held, and the
    /// portfolio is locked; what is of a later class than <paramref name="lastClass"/> does not leave, so nobody is counted for it.
    /// </summary>
    public async Task<HashSet<MessageId>> HoldBackAsync(
        DbTransaction transaction, ClaimRequest request, LimitedPortfolio? portfolio, IReadOnlyCollection<MessageId> picked, MessageClass lastClass, CancellationToken ct)
    {
        if (portfolio is null)
            return [];
        var closed = portfolio.ClosedCountries.PrefixesAt(request.Now + WindowMargin);
        var asks = await transaction.ListAsync<Ask>(closed.Count == 0 ? _asksSql : _reachableAsksSql, new
        {
            request.TenantId,
            Ids = IdSet.Of(picked),
            portfolio.PortfolioId,
            request.Now,
            WindowSince = WindowSince(request.Now),
            ReachedSince = request.Now - PortfolioBudget.Window,
            LastClass = lastClass,
            Closed = JsonSerializer.Serialize(closed),
        }, ct);
        if (asks.Count == 0)
            return [];
        var spans = await transaction.ListAsync<SpanRow>(
            PortfolioSql.Spans, new { portfolio.PortfolioId, Oldest = PortfolioBudget.Oldest(request.Now) }, ct);
        var verdict = Decide(asks, new PortfolioBudget(portfolio.PeopleMax, portfolio.ReservePercent, request.Now, spans.Select(span => span.ToSpan())));
        await WriteAsync(transaction, request, portfolio.PortfolioId, verdict, ct);
        return verdict.Postponed.Select(message => message.Message).ToHashSet();
    }

    private static Verdict Decide(IReadOnlyList<Ask> asks, PortfolioBudget budget)
    {
        var verdict = new Verdict();
        foreach (var ask in asks)
        {
            if (verdict.Reached.ContainsKey(ask.ContactId))
                continue;
            if (ask.ReachTime is not null || budget.TryTake(ask.Class))
                verdict.Reached[ask.ContactId] = ask.ReachTime;
            else
                verdict.Postponed.Add((ask.MessageId, budget.Postpone(ask.Class)));
        }
        return verdict;
    }

    private async Task WriteAsync(DbTransaction transaction, ClaimRequest request, string portfolio, Verdict verdict, CancellationToken ct)
    {
        var counts = new Dictionary<long, (int Reached, int Planned)>();
        void Count(long micros, int reached, int planned)
        {
            var span = PortfolioBudget.SpanOf(micros);
            var old = counts.GetValueOrDefault(span);
            counts[span] = (old.Reached + reached, old.Planned + planned);
        }

        foreach (var (_, before) in verdict.Reached)
        {
            // Who counts already moves on to the present span.
            if (before is { } time)
                Count(time, -1, 0);
            Count(Micros.FromTime(request.Now), 1, 0);
        }
        foreach (var (_, due) in verdict.Postponed)
            Count(due, 0, 1);
        var rows = counts.Select(count => new { span = count.Key, reached = count.Value.Reached, planned = count.Value.Planned });
        await transaction.ExecuteAsync(_countSql, new { PortfolioId = portfolio, Rows = JsonSerializer.Serialize(rows) }, ct);
        if (verdict.Reached.Count > 0)
        {
            await transaction.ExecuteAsync(
                _reachSql, new { request.TenantId, PortfolioId = portfolio, request.Now, Ids = IdSet.Of(verdict.Reached.Keys) }, ct);
        }
        if (verdict.Postponed.Count > 0)
        {
            var postponed = verdict.Postponed.Select(put => new { message = put.Message.Value.ToString("D").ToUpperInvariant(), due = put.Due });
            await transaction.ExecuteAsync(_postponeSql, new { request.TenantId, request.Now, Rows = JsonSerializer.Serialize(postponed) }, ct);
        }
    }

    private sealed class Verdict
    {
        /// <summary>Who is reached now, with when they were reached within the day before.</summary>
        public Dictionary<ContactId, long?> Reached { get; } = [];

        public List<(MessageId Message, long Due)> Postponed { get; } = [];
    }

    private sealed class Ask
    {
        public MessageId MessageId { get; init; }

        public ContactId ContactId { get; init; }

        public MessageClass Class { get; init; }

        public long? ReachTime { get; init; }
    }
}
