using System.Data.Common;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.PostgreSql;

namespace Herald.Storage.Messages;

/// <summary>
/// Claims whose end nobody told. A row of claims names the messages that one claim took, and their own rows say what became of them: settling writes nothing
/// here. When it has run out it is looked at, and goes when none of its messages is claimed any more.
/// </summary>
internal sealed partial class MessageStore
{
    /// <summary>Claims forgotten in one transaction; each may name hundreds of messages.</summary>
    private const int ForgottenMax = 200;

    // The messages m of claims c that are still claimed. State 20 is Claimed. OFFSET 0, here and below, has each looked up by key.
    private const string MessagesPostgreSql =
        """
        CROSS JOIN LATERAL unnest(c.message_ids) AS i (id)
        CROSS JOIN LATERAL (
          SELECT tenant_id, message_id, attempts, claim_expire_time FROM messages
          WHERE tenant_id = c.tenant_id AND message_id = i.id AND state = 20 AND claim_epoch = c.epoch
        """;

    private const string MessagesSqlite =
        """
        CROSS JOIN json_each(c.message_ids) i
        CROSS JOIN messages m ON m.tenant_id = c.tenant_id AND m.message_id = i.value AND m.state = 20 AND m.claim_epoch = c.epoch
        """;

    // What was given back and claimed again under the same epoch is named twice, hence DISTINCT.
    private const string ListClaimsHead = "SELECT DISTINCT m.message_id, m.attempts AS attempt FROM claims c ";

    private const string ListClaimsTail = " WHERE c.tenant_id = @TenantId AND c.sender_id = @SenderId AND c.epoch = @Epoch";

    // What another node looks at just now is left to it. A claim that follows within the epoch has a row of its own, so what it holds keeps no older row.
    private const string ForgetPostgreSql =
        """
        WITH old AS MATERIALIZED (
          SELECT claim_id, tenant_id, sender_id, epoch, message_ids FROM claims
          WHERE expire_time < @Now ORDER BY expire_time LIMIT @Limit
          FOR UPDATE SKIP LOCKED
        )
        DELETE FROM claims d USING old c
        WHERE d.tenant_id = c.tenant_id AND d.sender_id = c.sender_id AND d.epoch = c.epoch AND d.claim_id = c.claim_id AND NOT EXISTS (
          SELECT 1 FROM unnest(c.message_ids) AS i (id) CROSS JOIN LATERAL (
            SELECT 1 FROM messages
            WHERE tenant_id = c.tenant_id AND message_id = i.id AND state = 20 AND claim_epoch = c.epoch AND claim_expire_time < @Now
            OFFSET 0) m)
        """;

    private const string ForgetSqlite =
        """
        DELETE FROM claims AS c
        WHERE claim_id IN (SELECT claim_id FROM claims WHERE expire_time < @Now ORDER BY expire_time LIMIT @Limit) AND NOT EXISTS (
          SELECT 1 FROM json_each(c.message_ids) i
          CROSS JOIN messages m ON m.tenant_id = c.tenant_id AND m.message_id = i.value AND m.state = 20 AND m.claim_epoch = c.epoch
            AND m.claim_expire_time < @Now)
        """;

    // Materialized, because a subquery that locks may run more than once and would then pass its limit. Those that are still there are looked at, the oldest
    // first, and each gives one message at least.
    private const string ExpireHead =
        """
        WITH expired AS MATERIALIZED (
          SELECT m.tenant_id, m.message_id
          FROM (SELECT tenant_id, epoch, message_ids FROM claims WHERE expire_time < @Now ORDER BY expire_time LIMIT @Claims) c

        """;

    // State 20 is Claimed, 25 is Unknown.
    private const string ExpireTail =
        """
         WHERE m.claim_expire_time < @Now
          LIMIT @Limit
        )
        UPDATE messages SET state = 25, claim_expire_time = NULL, due_time = @Now
        WHERE state = 20 AND (tenant_id, message_id) IN (SELECT tenant_id, message_id FROM expired)
        RETURNING tenant_id, message_id, attempts AS attempt, claim_epoch AS epoch
        """;

    private readonly string _listClaimsSql = dialect.Pick(
        ListClaimsHead + MessagesPostgreSql + " OFFSET 0) m" + ListClaimsTail, ListClaimsHead + MessagesSqlite + ListClaimsTail);

    private readonly string _forgetSql = dialect.Pick(ForgetPostgreSql, ForgetSqlite);

    private readonly string _expireSql = dialect.Pick(
        ExpireHead + MessagesPostgreSql + " AND claim_expire_time < @Now FOR UPDATE SKIP LOCKED) m" + ExpireTail, ExpireHead + MessagesSqlite + ExpireTail);

    private readonly string _byKeySql = dialect.Pick(PostgreSqlPlanner.ByKeySql, "");

    public Task<IReadOnlyList<ClaimKey>> ListClaimsAsync(TenantId tenant, SenderId sender, long epoch, CancellationToken ct) =>
        database.ListAsync<ClaimKey>(_listClaimsSql, new { TenantId = tenant, SenderId = sender, Epoch = epoch }, ct);

    public async Task<int> ExpireClaimsAsync(int limit, CancellationToken ct)
    {
        // Read before the statements it can only be too early, so that no claim is cut short.
        var now = await database.NowAsync(ct);
        // First, so that what is settled is looked at once, and only what nobody settled again.
        while (await database.WriteAsync((_, transaction) => ForgetAsync(transaction, now, ct), ct) == ForgottenMax)
        {
            // After an outage there are many.
        }
        return await database.WriteAsync((_, transaction) => ExpireAsync(transaction, now, limit, ct), ct);
    }

    private async Task<int> ForgetAsync(DbTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        await ByKeyAsync(transaction, ct);
        return await transaction.ExecuteAsync(_forgetSql, new { Now = now, Limit = ForgottenMax }, ct);
    }

    private async Task<int> ExpireAsync(DbTransaction transaction, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await ByKeyAsync(transaction, ct);
        var expired = await transaction.ListAsync<ExpiredClaim>(_expireSql, new { Now = now, Claims = limit, Limit = limit }, ct);
        await batches.CloseAsync(
            transaction,
            [.. expired.Select(claim => new AttemptEnd(claim.TenantId, claim.MessageId, claim.Attempt, claim.Epoch, AttemptOutcome.Unknown, 0, now))],
            ct);
        return expired.Count;
    }

    private Task<int> ByKeyAsync(DbTransaction transaction, CancellationToken ct) =>
        _byKeySql.Length > 0 ? transaction.ExecuteAsync(_byKeySql, null, ct) : Task.FromResult(0);

    private sealed class ExpiredClaim
    {
        public TenantId TenantId { get; init; }

        public MessageId MessageId { get; init; }

        public int Attempt { get; init; }

        public long Epoch { get; init; }
    }
}
