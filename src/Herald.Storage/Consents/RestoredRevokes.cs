using System.Data.Common;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Consents;

/// <summary>Writes refusals of erased people into the ledgers and projections of the contacts that they are again.</summary>
internal sealed class RestoredRevokes(IDatabase database, IDialect dialect, IIdSource ids)
{
    private const string EventColumns =
        """
        tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time, record_time
        """;

    // Action 2 is Revoke; source 8 is Erasure.
    private const string EventsPostgreSql =
        $"""
        INSERT INTO consent_events ({EventColumns})
        SELECT @TenantId, r.contact, r.id, r.purpose, 2, r.scope, 8, r.evidence_key, r.evidence, 'herald', r.happened, @Now
        FROM json_to_recordset(CAST(@Rows AS json))
          AS r (contact uuid, id uuid, purpose smallint, scope uuid, evidence_key text, evidence text, happened bigint)
        ORDER BY r.contact, r.id
        ON CONFLICT DO NOTHING
        """;

    private const string EventsSqlite =
        $"""
        INSERT INTO consent_events ({EventColumns})
        SELECT @TenantId, value ->> 'contact', value ->> 'id', value ->> 'purpose', 2, value ->> 'scope', 8, value ->> 'evidence_key',
          value ->> 'evidence', 'herald', value ->> 'happened', @Now
        FROM json_each(@Rows) WHERE true
        ON CONFLICT DO NOTHING
        """;

    // State 2 is Revoked. The tenant-wide rows come first: whoever holds them holds the contact's consent, see ConsentStore. Nothing is asked
    // about what the ledger knew, since an event that is applied twice changes nothing.
    private const string ProjectPostgreSql =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        SELECT @TenantId, r.contact, r.scope, CASE WHEN r.marketing > 0 THEN 2 ELSE 0 END, r.marketing, CASE WHEN r.marketing > 0 THEN 8 ELSE 0 END,
          CASE WHEN r.utility > 0 THEN 2 ELSE 0 END, r.utility, CASE WHEN r.utility > 0 THEN 8 ELSE 0 END
        FROM json_to_recordset(CAST(@Rows AS json)) AS r (contact uuid, scope uuid, marketing bigint, utility bigint)
        ORDER BY r.scope, r.contact
        {ConsentSql.OnConflict}
        """;

    private const string ProjectSqlite =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        SELECT @TenantId, value ->> 'contact', value ->> 'scope', iif(value ->> 'marketing' > 0, 2, 0), value ->> 'marketing',
          iif(value ->> 'marketing' > 0, 8, 0), iif(value ->> 'utility' > 0, 2, 0), value ->> 'utility', iif(value ->> 'utility' > 0, 8, 0)
        FROM json_each(@Rows) WHERE true
        {ConsentSql.OnConflict}
        """;

    private readonly string _eventsSql = dialect.Pick(EventsPostgreSql, EventsSqlite);
    private readonly string _projectSql = dialect.Pick(ProjectPostgreSql, ProjectSqlite);
    private readonly SamePerson _samePerson = new(database, dialect);
    private readonly QueuedSuppression _queued = new(database, dialect);

    public async Task WriteAsync(
        DbTransaction transaction, TenantId tenant, IEnumerable<(ContactId Contact, SuppressionRow Row)> found, DateTimeOffset now, CancellationToken ct)
    {
        var refusals = found.GroupBy(pair => (pair.Contact, pair.Row.ScopeId)).Select(Latest).ToList();
        if (refusals.Count == 0)
            return;
        var events = JsonSerializer.Serialize(refusals.SelectMany(Events));
        if (await transaction.ExecuteAsync(_eventsSql, new { TenantId = tenant, Rows = events, Now = now }, ct) == 0)
            return;
        var contacts = refusals.Select(refusal => refusal.Contact).Distinct().ToList();
        var tenantWide = refusals.Where(refusal => refusal.Scope == Guid.Empty).Select(refusal => refusal.Contact).ToHashSet();
        var projections = JsonSerializer.Serialize(refusals
            .Concat(contacts.Where(contact => !tenantWide.Contains(contact)).Select(contact => new Refusal(contact, Guid.Empty, 0, 0, 0)))
            .Select(refusal => new
            {
                contact = Stored(refusal.Contact.Value),
                scope = Stored(refusal.Scope),
                marketing = refusal.MarketingTime,
                utility = refusal.UtilityTime,
            }));
        await _samePerson.HoldAsync(transaction, tenant, contacts, ct);
        await transaction.ExecuteAsync(_projectSql, new { TenantId = tenant, Rows = projections }, ct);
        await _samePerson.ShareAsync(transaction, tenant, contacts, now, ct);
        await _queued.ApplyAsync(transaction, tenant, contacts, now, ct);
    }

    /// <summary>Several identities of a contact may have been erased with different people.</summary>
    private static Refusal Latest(IGrouping<(ContactId Contact, Guid Scope), (ContactId, SuppressionRow Row)> rows) => new(
        rows.Key.Contact, rows.Key.Scope, rows.Max(pair => pair.Row.MarketingTime) ?? 0, rows.Max(pair => pair.Row.UtilityTime) ?? 0,
        rows.Max(pair => pair.Row.EraseTime));

    private IEnumerable<object> Events(Refusal refusal)
    {
        if (refusal.MarketingTime > 0)
            yield return Event(refusal, ConsentPurpose.Marketing, refusal.MarketingTime);
        if (refusal.UtilityTime > 0)
            yield return Event(refusal, ConsentPurpose.Utility, refusal.UtilityTime);
    }

    private object Event(Refusal refusal, ConsentPurpose purpose, long time) => new
    {
        contact = Stored(refusal.Contact.Value),
        id = Stored(ids.NewId()),
        purpose = (int)purpose,
        scope = Stored(refusal.Scope),
        evidence_key = $"erased/{refusal.Scope:N}/{(int)purpose}/{time}",
        evidence = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["origin"] = "Refused by this person before an earlier record of them was erased; kept as a keyed hash of their identities.",
            ["erase_time"] = Micros.ToTime(refusal.EraseTime).ToString("O"),
        }),
        happened = time,
    };

    // SQLite keeps ids as capital text.
    private static string Stored(Guid id) => id.ToString("D").ToUpperInvariant();

    private sealed record Refusal(ContactId Contact, Guid Scope, long MarketingTime, long UtilityTime, long EraseTime);
}
