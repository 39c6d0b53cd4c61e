using System.Data.Common;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Consents;

/// <summary>
/// What one person refused who stands there as several contacts. Once a message of theirs has shown that they are one, what they refused as any of them
/// counts for all, by its own time: a later word as one of them is the later word of that contact. What they allowed is not shared.
/// </summary>
internal sealed class SamePerson(IDatabase database, IDialect dialect)
{
    /// <summary>Continues "WITH RECURSIVE person (contact_id) AS (SELECT ..." with the contacts that are the same person.</summary>
    public const string AndTwins =
        """

          UNION
          SELECT t.twin_id FROM person p JOIN contact_twins t ON t.tenant_id = @TenantId AND t.contact_id = p.contact_id
        )
        SELECT c.contact_id FROM person p JOIN contacts c ON c.tenant_id = @TenantId AND c.contact_id = p.contact_id ORDER BY c.contact_id
        """;

    private const string AddSql =
        """
        INSERT INTO contact_twins (tenant_id, contact_id, twin_id) VALUES (@TenantId, @From, @To), (@TenantId, @To, @From)
        ON CONFLICT DO NOTHING
        """;

    private const string WithTwinsHead = "SELECT DISTINCT contact_id FROM contact_twins WHERE tenant_id = @TenantId AND contact_id";

    private const string ListHeadPostgreSql = "WITH RECURSIVE person (from_id, contact_id) AS (SELECT i.id, i.id FROM unnest(@Ids) AS i (id)";

    private const string ListHeadSqlite = "WITH RECURSIVE person (from_id, contact_id) AS (SELECT i.value, i.value FROM json_each(@Ids) i";

    private const string List =
        """

          UNION
          SELECT p.from_id, t.twin_id FROM person p JOIN contact_twins t ON t.tenant_id = @TenantId AND t.contact_id = p.contact_id
        )
        SELECT p.from_id, c.contact_id AS to_id FROM person p JOIN contacts c ON c.tenant_id = @TenantId AND c.contact_id = p.contact_id
        WHERE p.from_id <> p.contact_id
        ORDER BY c.contact_id, p.from_id
        """;

    private const string HoldHead =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        SELECT @TenantId, i.id, {SqlText.TenantScope}, 0, 0, 0, 0, 0, 0
        """;

    private const string HoldPostgreSql = HoldHead + " FROM unnest(@Ids) AS i (id) ORDER BY i.id" + HoldTail;

    private const string HoldSqlite = HoldHead + " FROM (SELECT value AS id FROM json_each(@Ids)) i WHERE true" + HoldTail;

    // Changes nothing that stands, but holds it.
    private const string HoldTail = " ON CONFLICT (tenant_id, contact_id, scope_id) DO UPDATE SET marketing = consents.marketing";

    private const string PairsPostgreSql =
        """
        WITH pairs (from_id, to_id) AS MATERIALIZED (
          SELECT i.from_id, i.to_id FROM unnest(@From, @To) AS i (from_id, to_id)
        )
        """;

    private const string PairsSqlite =
        """
        WITH pairs (from_id, to_id) AS MATERIALIZED (
          SELECT f.value, t.value FROM json_each(@From) f JOIN json_each(@To) t ON t.key = f.key
        )
        """;

    // Action 2 is Revoke. The same word of the same person: it keeps its id, its evidence and its time, and led to one opt-out of its campaign.
    private const string ShareEvents =
        """

        INSERT INTO consent_events (tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time, record_time)
        SELECT e.tenant_id, k.to_id, e.event_id, e.purpose, e.action, e.scope_id, e.source, e.evidence_key, e.evidence, e.actor, e.event_time, @Now
        FROM pairs k JOIN consent_events e ON e.tenant_id = @TenantId AND e.contact_id = k.from_id
        WHERE e.action = 2
        ORDER BY k.to_id, e.event_id
        ON CONFLICT DO NOTHING
        """;

    // State 2 is Revoked. The tenant-wide row comes first, also when nothing is refused there: whoever holds it holds the contact's consent, see ConsentStore.
    // One statement can't write a row twice, so of what several contacts refused for one the latest is taken.
    private const string ShareProjections =
        $"""
        , refused AS (
          SELECT k.to_id, c.scope_id,
            CASE WHEN c.marketing = 2 THEN 2 ELSE 0 END AS marketing, CASE WHEN c.marketing = 2 THEN c.marketing_time ELSE 0 END AS marketing_time,
            CASE WHEN c.marketing = 2 THEN c.marketing_source ELSE 0 END AS marketing_source,
            CASE WHEN c.utility = 2 THEN 2 ELSE 0 END AS utility, CASE WHEN c.utility = 2 THEN c.utility_time ELSE 0 END AS utility_time,
            CASE WHEN c.utility = 2 THEN c.utility_source ELSE 0 END AS utility_source
          FROM pairs k JOIN consents c ON c.tenant_id = @TenantId AND c.contact_id = k.from_id
          WHERE c.scope_id = {SqlText.TenantScope} OR c.marketing = 2 OR c.utility = 2
        ), latest AS (
          SELECT DISTINCT to_id, scope_id,
            FIRST_VALUE(marketing) OVER m AS marketing, FIRST_VALUE(marketing_time) OVER m AS marketing_time,
            FIRST_VALUE(marketing_source) OVER m AS marketing_source,
            FIRST_VALUE(utility) OVER u AS utility, FIRST_VALUE(utility_time) OVER u AS utility_time, FIRST_VALUE(utility_source) OVER u AS utility_source
          FROM refused
          WINDOW m AS (PARTITION BY to_id, scope_id ORDER BY marketing DESC, marketing_time DESC, marketing_source DESC),
            u AS (PARTITION BY to_id, scope_id ORDER BY utility DESC, utility_time DESC, utility_source DESC)
        )
        INSERT INTO consents ({ConsentSql.Columns})
        SELECT @TenantId, to_id, scope_id, marketing, marketing_time, marketing_source, utility, utility_time, utility_source
        FROM latest WHERE true
        ORDER BY scope_id, to_id
        {ConsentSql.OnConflict}
        """;

    private readonly string _withTwinsSql = WithTwinsHead + dialect.Pick(SqlText.InIdsPostgreSql, SqlText.InIdsSqlite);
    private readonly string _listSql = dialect.Pick(ListHeadPostgreSql, ListHeadSqlite) + List;
    private readonly string _holdSql = dialect.Pick(HoldPostgreSql, HoldSqlite);
    private readonly string _shareEventsSql = dialect.Pick(PairsPostgreSql, PairsSqlite) + ShareEvents;
    private readonly string _shareProjectionsSql = dialect.Pick(PairsPostgreSql, PairsSqlite) + ShareProjections;
    private readonly QueuedSuppression _queued = new(database, dialect);

    /// <summary>These contacts are one person; what they refused so far is shared. Nothing happens when that was known.</summary>
    public async Task JoinAsync(DbTransaction transaction, TenantId tenant, IReadOnlyCollection<ContactId> contacts, DateTimeOffset now, CancellationToken ct)
    {
        // In one order everywhere, so that two of these seldom deadlock.
        var people = contacts.Distinct().OrderBy(contact => contact.Value).ToList();
        var pairs = people.SelectMany((from, i) => people.Skip(i + 1).Select(to => (From: from, To: to))).ToList();
        var added = 0;
        foreach (var (from, to) in pairs)
            added += await transaction.ExecuteAsync(AddSql, new { TenantId = tenant, From = from, To = to }, ct);
        if (added == 0)
            return;
        await ShareAsync(transaction, tenant, people, now, ct);
    }

    /// <summary>
    /// Holds the consents of contacts and of those that are the same person, in the order in which claims take them. For whoever is about to write what
    /// contacts refused and then to share it; nothing happens where nobody stands there as several.
    /// </summary>
    public async Task HoldAsync(DbTransaction transaction, TenantId tenant, IReadOnlyCollection<ContactId> contacts, CancellationToken ct)
    {
        var pairs = await ListAsync(transaction, tenant, contacts, ct);
        if (pairs.Count > 0)
            await LockAsync(transaction, tenant, contacts.Concat(pairs.Select(pair => pair.ToId)).ToHashSet(), ct);
    }

    /// <summary>
    /// Shares what contacts refused, a moment ago or earlier, with those that are the same person, and suppresses what is queued for them. Few people
    /// stand there as several, so that for most sets this is one read.
    /// </summary>
    public async Task ShareAsync(
        DbTransaction transaction, TenantId tenant, IReadOnlyCollection<ContactId> contacts, DateTimeOffset now, CancellationToken ct)
    {
        var known = await ListAsync(transaction, tenant, contacts, ct);
        if (known.Count == 0)
            return;
        await LockAsync(transaction, tenant, known.SelectMany(pair => new[] { pair.FromId, pair.ToId }).ToHashSet(), ct);
        // Who was waited for may have joined one of these with somebody else.
        var pairs = await ListAsync(transaction, tenant, contacts, ct);
        if (pairs.Count == 0)
            return;
        var shared = new { TenantId = tenant, From = IdSet.Of(pairs.Select(pair => pair.FromId)), To = IdSet.Of(pairs.Select(pair => pair.ToId)), Now = now };
        await transaction.ExecuteAsync(_shareEventsSql, shared, ct);
        await transaction.ExecuteAsync(_shareProjectionsSql, shared, ct);
        await _queued.ApplyAsync(transaction, tenant, pairs.Select(pair => pair.ToId).ToHashSet(), now, ct);
    }

    private Task<int> LockAsync(DbTransaction transaction, TenantId tenant, HashSet<ContactId> people, CancellationToken ct) =>
        transaction.ExecuteAsync(_holdSql, new { TenantId = tenant, Ids = IdSet.Of(people) }, ct);

    /// <summary>Each of the contacts with each other one that is the same person.</summary>
    private async Task<IReadOnlyList<Pair>> ListAsync(
        DbTransaction transaction, TenantId tenant, IReadOnlyCollection<ContactId> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0)
            return [];
        var several = await transaction.ListAsync<ContactId>(_withTwinsSql, new { TenantId = tenant, Ids = IdSet.Of(contacts) }, ct);
        return several.Count == 0 ? [] : await transaction.ListAsync<Pair>(_listSql, new { TenantId = tenant, Ids = IdSet.Of(several) }, ct);
    }

    private sealed class Pair
    {
        public ContactId FromId { get; init; }

        public ContactId ToId { get; init; }
    }
}
