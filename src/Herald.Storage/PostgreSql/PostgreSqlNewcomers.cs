using System.Data.Common;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.PostgreSql;

/// <summary>
/// The people of an import whom nobody knew. Whoever adds a person's identities decides who the person is, so once they are added nothing
/// else of that person exists or can come into being before the commit: the rest is copied into its tables without a look at what is there.
/// </summary>
internal static class PostgreSqlNewcomers
{
    // In order of key, so that two imports of the same people wait for each other rather than deadlock.
    private const string AddIdentitiesSql =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id)
        SELECT @TenantId, 1, i.value, i.contact_id FROM unnest(@Phones, @Contacts) AS i (value, contact_id) ORDER BY i.value
        ON CONFLICT DO NOTHING
        RETURNING value
        """;

    private const string RemoveIdentitiesSql = "DELETE FROM contact_identities WHERE tenant_id = @TenantId AND kind = 1 AND value = ANY(@Ids)";

    private const string CopyContactsSql =
        """
        COPY contacts (tenant_id, contact_id, phone, display_name, language, time_zone, attributes, version, create_time, update_time)
          FROM STDIN (FORMAT BINARY)
        """;

    private const string CopyMembersSql = "COPY contact_list_members (tenant_id, list_id, contact_id) FROM STDIN (FORMAT BINARY)";

    private const string CopyEventsSql =
        """
        COPY consent_events (tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time, record_time)
          FROM STDIN (FORMAT BINARY)
        """;

    private const string CopyConsentsSql = $"COPY consents ({ConsentSql.Columns}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Adds the identities of all rows whose person nobody knows under any of them, and returns these rows.</summary>
    public static async Task<IReadOnlyList<ContactImportRow>> ClaimAsync(
        DbTransaction transaction, TenantId tenant, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        var identities = new List<(string Phone, ContactImportRow Row)>(rows.Count);
        foreach (var row in rows)
        {
            identities.Add((row.Phone, row));
            foreach (var variant in row.PhoneVariants)
                identities.Add((variant, row));
        }
        var added = await transaction.ListAsync<string>(AddIdentitiesSql, new
        {
            TenantId = tenant,
            Phones = PgArray.Texts(identities, static identity => identity.Phone),
            Contacts = PgArray.Uuids(identities, static identity => identity.Row.NewContactId.Value),
        }, ct);
        if (added.Count == identities.Count)
            return rows;

        var isAdded = added.ToHashSet(StringComparer.Ordinal);
        bool IsNew(ContactImportRow row) => isAdded.Contains(row.Phone) && row.PhoneVariants.All(isAdded.Contains);
        // Who is known under one spelling of a phone is not new under another.
        var taken = identities.Where(identity => isAdded.Contains(identity.Phone) && !IsNew(identity.Row)).Select(identity => identity.Phone).ToList();
        if (taken.Count > 0)
            await transaction.ExecuteAsync(RemoveIdentitiesSql, new { TenantId = tenant, Ids = new TextSet(taken) }, ct);
        return [.. rows.Where(IsNew)];
    }

    /// <summary>Adds the contacts of claimed rows and makes them members of the list, if there is one.</summary>
    public static async Task AddContactsAsync(
        DbTransaction transaction, TenantId tenant, ContactImportBatch batch, IReadOnlyCollection<ContactImportRow> claimed, CancellationToken ct)
    {
        const short ContactColumns = 10;
        const short MemberColumns = 3;
        var now = Micros.FromTime(batch.Now);
        await PgCopyRows.SendAsync(transaction, CopyContactsSql, ContactColumns, claimed, (copy, row) =>
        {
            copy.Uuid(tenant.Value);
            copy.Uuid(row.NewContactId.Value);
            copy.Text(row.Phone);
            copy.Text(row.DisplayName);
            copy.Text(row.Language);
            copy.Text(row.TimeZone);
            copy.Text(StorageJson.Write(row.Attributes));
            copy.BigInt(1);
            copy.BigInt(now);
            copy.BigInt(now);
        }, ct);
        if (batch.ListId is not { } list)
            return;
        await PgCopyRows.SendAsync(transaction, CopyMembersSql, MemberColumns, claimed, (copy, row) =>
        {
            copy.Uuid(tenant.Value);
            copy.Uuid(list.Value);
            copy.Uuid(row.NewContactId.Value);
        }, ct);
    }

    /// <summary>
    /// Writes the consents of claimed rows into ledger and projection. There is nothing that they could be weighed against, and no message that a
    /// refusal could suppress; so none of these rows' people may have got a refusal back from before an erasure.
    /// </summary>
    public static async Task AddConsentsAsync(
        DbTransaction transaction, TenantId tenant, ContactImportBatch batch, IReadOnlyCollection<ContactImportRow> decided, CancellationToken ct)
    {
        const short EventColumns = 12;
        const short ProjectionColumns = 9;
        var now = Micros.FromTime(batch.Now);
        await PgCopyRows.SendAsync(transaction, CopyEventsSql, EventColumns, decided, (copy, row) =>
        {
            var consent = Decided(row);
            copy.Uuid(tenant.Value);
            copy.Uuid(row.NewContactId.Value);
            copy.Uuid(consent.EventId.Value);
            copy.SmallInt((int)consent.Purpose);
            copy.SmallInt((int)consent.Action);
            copy.Uuid(Guid.Empty);
            copy.SmallInt((int)consent.Source);
            copy.Text(consent.EvidenceKey);
            copy.Text(consent.Evidence);
            copy.Text(consent.Actor);
            copy.BigInt(Micros.FromTime(consent.EventTime));
            copy.BigInt(now);
        }, ct);
        await PgCopyRows.SendAsync(transaction, CopyConsentsSql, ProjectionColumns, decided, (copy, row) =>
        {
            var consent = Decided(row);
            copy.Uuid(tenant.Value);
            copy.Uuid(row.NewContactId.Value);
            copy.Uuid(Guid.Empty);
            WriteStanding(copy, consent, consent.Purpose is ConsentPurpose.Marketing or ConsentPurpose.All);
            WriteStanding(copy, consent, consent.Purpose is ConsentPurpose.Utility or ConsentPurpose.All);
        }, ct);
    }

    private static void WriteStanding(PgCopyRows copy, ContactImportConsent consent, bool isTouched)
    {
        var state = consent.Action == ConsentAction.Grant ? ConsentState.Granted : ConsentState.Revoked;
        copy.SmallInt(isTouched ? (int)state : 0);
        copy.BigInt(isTouched ? Micros.FromTime(consent.EventTime) : 0);
        copy.SmallInt(isTouched ? (int)consent.Source : 0);
    }

    private static ContactImportConsent Decided(ContactImportRow row) =>
        row.Consent ?? throw new ArgumentException("A row of these says what its person decided.", nameof(row));
}
