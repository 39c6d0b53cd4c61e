using System.Data.Common;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.Sqlite;

/// <summary>Row by row with prepared statements, which on SQLite costs no round trip.</summary>
internal sealed class SqliteContactImports(IDatabase database, Suppressions suppressions, IDialect dialect) : IContactImports
{
    private const string FindSql = "SELECT contact_id FROM contact_identities WHERE tenant_id = @TenantId AND kind = 1 AND value = @Value";

    private const string AddIdentitySql =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id) VALUES (@TenantId, 1, @Value, @ContactId) ON CONFLICT DO NOTHING
        """;

    private const string InsertSql =
        """
        INSERT INTO contacts (tenant_id, contact_id, phone, display_name, language, time_zone, attributes, version, create_time, update_time)
        VALUES (@TenantId, @ContactId, @Phone, @DisplayName, @Language, @TimeZone, @Attributes, 1, @Now, @Now)
        """;

    private const string UpdateSql =
        """
        UPDATE contacts
        SET phone = COALESCE(phone, @Phone),
            display_name = COALESCE(NULLIF(@DisplayName, ''), display_name),
            language = COALESCE(NULLIF(@Language, ''), language),
            time_zone = COALESCE(NULLIF(@TimeZone, ''), time_zone),
            attributes = json_patch(attributes, @Attributes),
            version = version + 1, update_time = @Now
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND (
          phone IS NULL OR display_name <> COALESCE(NULLIF(@DisplayName, ''), display_name) OR language <> COALESCE(NULLIF(@Language, ''), language)
          OR time_zone <> COALESCE(NULLIF(@TimeZone, ''), time_zone) OR json(attributes) <> json_patch(attributes, @Attributes))
        """;

    private const string AddMemberSql =
        "INSERT INTO contact_list_members (tenant_id, list_id, contact_id) VALUES (@TenantId, @ListId, @ContactId) ON CONFLICT DO NOTHING";

    private const string AddEventSql =
        """
        INSERT INTO consent_events (tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time,
          record_time)
        VALUES (@TenantId, @ContactId, @EventId, @Purpose, @Action, @ScopeId, @Source, @EvidenceKey, @Evidence, @Actor, @EventTime, @Now)
        ON CONFLICT DO NOTHING
        """;

    private const string ProjectSql =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        VALUES (@TenantId, @ContactId, @ScopeId, @Marketing, @MarketingTime, @MarketingSource, @Utility, @UtilityTime, @UtilitySource)
        {ConsentSql.OnConflict}
        {ConsentSql.WhereGreater}
        """;

    private readonly SamePerson _samePerson = new(database, dialect);
    private readonly QueuedSuppression _queued = new(database, dialect);

    public async Task<ContactImportResult> ImportAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows,
        CancellationToken ct)
    {
        var (people, created, updated) = await WritePeopleAsync(transaction, tenant, batch, rows, ct);
        // Before the file's own consents, which are weighed against it.
        if (await Suppressions.AnyAsync(transaction, tenant, ct))
        {
            var identities = rows.Zip(people).SelectMany(pair => pair.First.PhoneVariants.Prepend(pair.First.Phone).Select(
                phone => new KnownIdentity(pair.Second, IdentityKind.Phone, phone)));
            await suppressions.RestoreAsync(transaction, hasher, tenant, identities, batch.Now, ct);
        }

        await using var consents = new ConsentStatements(transaction);
        var (now, granted, revoked, ignored) = (Micros.FromTime(batch.Now), 0, new HashSet<ContactId>(), 0);
        var revokes = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Consent is not { } consent)
                continue;
            var applied = consents.Apply(tenant, people[i], consent, now);
            ignored += applied ? 0 : 1;
            granted += applied && consent.Action == ConsentAction.Grant ? 1 : 0;
            if (!applied || consent.Action != ConsentAction.Revoke)
                continue;
            revokes++;
            revoked.Add(people[i]);
        }
        await _samePerson.ShareAsync(transaction, tenant, revoked, batch.Now, ct);
        await _queued.ApplyAsync(transaction, tenant, revoked, batch.Now, ct);
        return new ContactImportResult
        {
            Created = created,
            Updated = updated,
            Unchanged = rows.Count - created - updated,
            ConsentGranted = granted,
            ConsentRevoked = revokes,
            ConsentIgnored = ignored,
        };
    }

    /// <summary>The contacts of the rows, in their order, with their identities and memberships.</summary>
    private static async Task<(List<ContactId> People, int Created, int Updated)> WritePeopleAsync(
        DbTransaction transaction, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        await using var find = new SqliteStatement(transaction, FindSql, "@TenantId", "@Value");
        await using var addIdentity = new SqliteStatement(transaction, AddIdentitySql, "@TenantId", "@Value", "@ContactId");
        await using var insert = new SqliteStatement(
            transaction, InsertSql, "@TenantId", "@ContactId", "@Phone", "@DisplayName", "@Language", "@TimeZone", "@Attributes", "@Now");
        await using var update = new SqliteStatement(
            transaction, UpdateSql, "@TenantId", "@ContactId", "@Phone", "@DisplayName", "@Language", "@TimeZone", "@Attributes", "@Now");
        await using var addMember = new SqliteStatement(transaction, AddMemberSql, "@TenantId", "@ListId", "@ContactId");

        var (people, now, created, updated) = (new List<ContactId>(rows.Count), Micros.FromTime(batch.Now), 0, 0);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            var known = FindContact(find, tenant, row);
            var contact = known ?? row.NewContactId;
            var write = known is null ? insert : update;
            var written = write.Execute(
                tenant.Value, contact.Value, row.Phone, row.DisplayName, row.Language, row.TimeZone, StorageJson.Write(row.Attributes), now);
            created += known is null ? written : 0;
            updated += known is null ? 0 : written;
            foreach (var phone in row.PhoneVariants.Prepend(row.Phone))
                addIdentity.Execute(tenant.Value, phone, contact.Value);
            if (batch.ListId is { } list)
                addMember.Execute(tenant.Value, list.Value, contact.Value);
            people.Add(contact);
        }
        return (people, created, updated);
    }

    private static ContactId? FindContact(SqliteStatement find, TenantId tenant, ContactImportRow row)
    {
        foreach (var phone in row.PhoneVariants.Prepend(row.Phone))
        {
            if (find.Read(reader => reader.GetString(0), tenant.Value, phone) is { } contact)
                return ContactId.Parse(contact);
        }
        return null;
    }

    private sealed class ConsentStatements(DbTransaction transaction) : IAsyncDisposable
    {
        private readonly SqliteStatement _addEvent = new(
            transaction, AddEventSql, "@TenantId", "@ContactId", "@EventId", "@Purpose", "@Action", "@ScopeId", "@Source", "@EvidenceKey", "@Evidence",
            "@Actor", "@EventTime", "@Now");

        private readonly SqliteStatement _project = new(
            transaction, ProjectSql, "@TenantId", "@ContactId", "@ScopeId", "@Marketing", "@MarketingTime", "@MarketingSource", "@Utility",
            "@UtilityTime", "@UtilitySource");

        /// <summary>True when it changed the projection.</summary>
        public bool Apply(TenantId tenant, ContactId contact, ContactImportConsent consent, long now)
        {
            var eventTime = Micros.FromTime(consent.EventTime);
            var isNew = _addEvent.Execute(
                tenant.Value, contact.Value, consent.EventId.Value, (int)consent.Purpose, (int)consent.Action, Guid.Empty, (int)consent.Source,
                consent.EvidenceKey, consent.Evidence, consent.Actor, eventTime, now) == 1;
            if (!isNew)
                return false;
            var state = (int)(consent.Action == ConsentAction.Grant ? ConsentState.Granted : ConsentState.Revoked);
            var marketing = consent.Purpose is ConsentPurpose.Marketing or ConsentPurpose.All;
            var utility = consent.Purpose is ConsentPurpose.Utility or ConsentPurpose.All;
            return _project.Execute(
                tenant.Value, contact.Value, Guid.Empty,
                marketing ? state : 0, marketing ? eventTime : 0, marketing ? (int)consent.Source : 0,
                utility ? state : 0, utility ? eventTime : 0, utility ? (int)consent.Source : 0) == 1;
        }

        public async ValueTask DisposeAsync()
        {
            await _addEvent.DisposeAsync();
            await _project.DisposeAsync();
        }
    }
}
