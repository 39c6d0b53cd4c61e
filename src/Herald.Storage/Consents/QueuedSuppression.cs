using System.Data.Common;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Consents;

/// <summary>Suppresses what is queued for people who refused it, and tells the nodes. The projections were written in the same transaction.</summary>
internal sealed class QueuedSuppression(IDatabase database, IDialect dialect)
{
    private const int SignalsMax = 20;

    // State 10 is Queued, 70 is Suppressed; class 2 is Reply; reasons 2 and 3 are OptedOut and SenderPreference. What is
    // locked is about to be decided by a claim that waits for this commit, see ConsentStore.
    private const string PostgreSql =
        $"""
        WITH picked AS MATERIALIZED (
          SELECT m.message_id, {ConsentSql.SuppressionReason} AS reason
          FROM unnest(@Ids) AS k (contact_id)
          CROSS JOIN LATERAL (
            SELECT * FROM messages
            WHERE tenant_id = @TenantId AND contact_id = k.contact_id AND state + 0 = 10 AND class <> 2
            FOR UPDATE SKIP LOCKED) m
          {ConsentSql.SuppressionJoins}
        )
        UPDATE messages m
        SET state = 70, suppression_reason = p.reason, content = NULL, end_time = @Now
        FROM picked p
        WHERE m.tenant_id = @TenantId AND m.message_id = p.message_id AND m.state + 0 = 10 AND p.reason IN (2, 3)
        """;

    private const string Sqlite =
        $"""
        WITH v AS MATERIALIZED (
          SELECT m.rowid AS id, {ConsentSql.SuppressionReason} AS reason
          FROM json_each(@Ids) i
          CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.contact_id = i.value AND m.state = 10 AND m.class <> 2
          {ConsentSql.SuppressionJoins}
        )
        UPDATE messages
        SET state = 70, suppression_reason = v.reason, content = NULL, end_time = @Now
        FROM v
        WHERE messages.rowid = v.id AND v.reason IN (2, 3)
        """;

    private readonly string _sql = dialect.Pick(PostgreSql, Sqlite);

    /// <summary>Takes all people at once; how many messages were suppressed.</summary>
    public async Task<int> ApplyAsync(
        DbTransaction transaction, TenantId tenant, IReadOnlyCollection<ContactId> contacts, DateTimeOffset now, CancellationToken ct)
    {
        if (contacts.Count == 0)
            return 0;
        var suppressed = await transaction.ExecuteAsync(_sql, new { TenantId = tenant, Ids = IdSet.Of(contacts), Now = now }, ct);
        // Many are told as one: the empty payload makes every node look again at all it has claimed.
        var payloads = contacts.Count > SignalsMax ? [""] : contacts.Select(contact => SignalChannels.OptOut(tenant, contact));
        foreach (var payload in payloads)
            await database.NotifyAsync(transaction, SignalChannels.OptOutChannel, payload, ct);
        return suppressed;
    }
}
