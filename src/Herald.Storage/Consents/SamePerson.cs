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

    private const string ListSql =
        $"""
        WITH RECURSIVE person (contact_id) AS (
          SELECT contact_id FROM contacts WHERE tenant_id = @TenantId AND contact_id = @ContactId
        {AndTwins}
        """;

    // Action 2 is Revoke. The same word of the same person: it keeps its id, its evidence and its time, and led to one opt-out of its campaign.
    private const string ShareEventsSql =
        """
        INSERT INTO consent_events (tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time, record_time)
        SELECT tenant_id, @To, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time, @Now
        FROM consent_events WHERE tenant_id = @TenantId AND contact_id = @From AND action = 2
        ON CONFLICT DO NOTHING
        """;

    // State 2 is Revoked. The tenant-wide row comes first, also when nothing is refused there: whoever holds it holds the contact's consent, see ConsentStore.
    private const string ShareProjectionSql =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        SELECT tenant_id, @To, scope_id,
          CASE WHEN marketing = 2 THEN 2 ELSE 0 END, CASE WHEN marketing = 2 THEN marketing_time ELSE 0 END,
          CASE WHEN marketing = 2 THEN marketing_source ELSE 0 END,
          CASE WHEN utility = 2 THEN 2 ELSE 0 END, CASE WHEN utility = 2 THEN utility_time ELSE 0 END, CASE WHEN utility = 2 THEN utility_source ELSE 0 END
        FROM consents
        WHERE tenant_id = @TenantId AND contact_id = @From AND (scope_id = {SqlText.TenantScope} OR marketing = 2 OR utility = 2)
        ORDER BY scope_id
        {ConsentSql.OnConflict}
        """;

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
        foreach (var (from, to) in pairs)
        {
            await ShareAsync(transaction, tenant, from, to, now, ct);
            await ShareAsync(transaction, tenant, to, from, now, ct);
        }
        await _queued.ApplyAsync(transaction, tenant, people, now, ct);
    }

    /// <summary>Shares what a contact refused, a moment ago or earlier, with those that are the same person.</summary>
    public async Task ShareAsync(DbTransaction transaction, TenantId tenant, ContactId contact, DateTimeOffset now, CancellationToken ct)
    {
        var people = await transaction.ListAsync<ContactId>(ListSql, new { TenantId = tenant, ContactId = contact }, ct);
        var twins = people.Where(person => person != contact).ToList();
        foreach (var twin in twins)
            await ShareAsync(transaction, tenant, contact, twin, now, ct);
        await _queued.ApplyAsync(transaction, tenant, twins, now, ct);
    }

    private static async Task ShareAsync(DbTransaction transaction, TenantId tenant, ContactId from, ContactId to, DateTimeOffset now, CancellationToken ct)
    {
        var pair = new { TenantId = tenant, From = from, To = to, Now = now };
        await transaction.ExecuteAsync(ShareEventsSql, pair, ct);
        await transaction.ExecuteAsync(ShareProjectionSql, pair, ct);
    }
}
