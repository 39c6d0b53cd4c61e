using System.Data.Common;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;

namespace Herald.Storage.Contacts;

internal sealed partial class ContactStore(IDatabase database, IContactImports imports, Suppressions suppressions, IDialect dialect) : IContactStore
{
    private const int ImportMax = 10_000;

    private const string Columns =
        """
        c.tenant_id, c.contact_id, c.phone, c.user_id, c.parent_user_id, c.username, c.display_name, c.language, c.time_zone, c.attributes,
        c.version, c.create_time, c.update_time, c.unreachable_code, c.unreachable_time, c.hold_until,
        c.restrict_time
        """;

    private const string InsertSql =
        """
        INSERT INTO contacts (tenant_id, contact_id, phone, user_id, parent_user_id, username, display_name, language, time_zone, attributes,
          version, create_time, update_time)
        VALUES (@TenantId, @ContactId, @Phone, @UserId, @ParentUserId, @Username, @DisplayName, @Language, @TimeZone, @Attributes,
          1, @CreateTime, @UpdateTime)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql = $"SELECT {Columns} FROM contacts c WHERE c.tenant_id = @TenantId AND c.contact_id = @ContactId";

    private const string ListSql =
        $"SELECT {Columns} FROM contacts c WHERE c.tenant_id = @TenantId AND c.contact_id > @After ORDER BY c.contact_id LIMIT @PageSize";

    private const string ListMembersSql =
        $"""
        SELECT {Columns}
        FROM contact_list_members m JOIN contacts c ON c.tenant_id = m.tenant_id AND c.contact_id = m.contact_id
        WHERE m.tenant_id = @TenantId AND m.list_id = @ListId AND m.contact_id > @After
        ORDER BY m.contact_id LIMIT @PageSize
        """;

    private const string UpdateSql =
        """
        UPDATE contacts
        SET phone = @Phone, user_id = @UserId, parent_user_id = @ParentUserId, username = @Username, display_name = @DisplayName,
            language = @Language, time_zone = @TimeZone, attributes = @Attributes, version = version + 1, update_time = @UpdateTime,
            unreachable_code = CASE WHEN COALESCE(phone, '') = COALESCE(@Phone, '') AND COALESCE(user_id, '') = COALESCE(@UserId, '')
              THEN unreachable_code ELSE 0 END
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND version = @Version
        """;

    private const string FindByIdentitySql =
        $"""
        SELECT {Columns}
        FROM contact_identities i JOIN contacts c ON c.tenant_id = i.tenant_id AND c.contact_id = i.contact_id
        WHERE i.tenant_id = @TenantId AND i.kind = @Kind AND i.value = @Value
        """;

    private const string TouchWindowSql =
        """
        INSERT INTO contact_windows (tenant_id, contact_id, sender_id, inbound_time) VALUES (@TenantId, @ContactId, @SenderId, @Time)
        ON CONFLICT (tenant_id, contact_id, sender_id) DO UPDATE SET inbound_time = excluded.inbound_time
        WHERE contact_windows.inbound_time < excluded.inbound_time
        """;

    private const string GetWindowSql =
        "SELECT inbound_time FROM contact_windows WHERE tenant_id = @TenantId AND contact_id = @ContactId AND sender_id = @SenderId";

    private static readonly string[] DeleteSql =
    [
        "DELETE FROM contacts WHERE tenant_id = @TenantId AND contact_id = @ContactId",
        "DELETE FROM contact_identities WHERE tenant_id = @TenantId AND contact_id = @ContactId",
        "DELETE FROM contact_list_members WHERE tenant_id = @TenantId AND contact_id = @ContactId",
        "DELETE FROM contact_windows WHERE tenant_id = @TenantId AND contact_id = @ContactId",
        """
        DELETE FROM contact_twins WHERE tenant_id = @TenantId AND twin_id = @ContactId
          AND contact_id IN (SELECT t.twin_id FROM contact_twins t WHERE t.tenant_id = @TenantId AND t.contact_id = @ContactId)
        """,
        "DELETE FROM contact_twins WHERE tenant_id = @TenantId AND contact_id = @ContactId",
    ];

    // Of what is kept of a failure the first line is Herald's own sentence, the rest are Meta's words. While the contact is held, what another transaction has
    // locked is not waited for, which could be for each other; once more after that, nothing is left out.
    private const string ForgetWordsHead =
        """
        WITH picked AS MATERIALIZED (
          SELECT message_id FROM messages WHERE tenant_id = @TenantId AND contact_id = @ContactId AND error_detail <> ''
        """;

    private const string ForgetWordsTail =
        """
        )
        UPDATE messages SET error_detail = split_part(error_detail, chr(10), 1)
        WHERE tenant_id = @TenantId AND message_id IN (SELECT message_id FROM picked) AND strpos(error_detail, chr(10)) > 0
        """;

    internal const string ForgetWordsOnPostgreSql = ForgetWordsHead + " FOR UPDATE SKIP LOCKED" + ForgetWordsTail;

    internal const string ForgetWordsOnSqlite =
        ForgetWordsHead
        + """
        )
        UPDATE messages SET error_detail = substr(error_detail, 1, instr(error_detail, char(10)) - 1)
        WHERE tenant_id = @TenantId AND message_id IN (SELECT message_id FROM picked) AND instr(error_detail, char(10)) > 0
        """;

    private readonly string _forgetWordsSql = dialect.Pick(ForgetWordsOnPostgreSql, ForgetWordsOnSqlite);

    private readonly string _forgetWordsAgainSql = dialect.Pick(ForgetWordsHead + " ORDER BY message_id FOR UPDATE" + ForgetWordsTail, ForgetWordsOnSqlite);

    private readonly string _lockSql = dialect.Pick(GetSql + " FOR UPDATE", GetSql);

    public Task<ContactWriteResult> InsertAsync(ContactRow row, IReadOnlyList<string> phoneVariants, CancellationToken ct) =>
        WriteAsync(row, phoneVariants, async transaction =>
            await transaction.ExecuteAsync(InsertSql, row, ct) == 1 ? null : ContactWriteOutcome.IdExists, ct);

    public Task<ContactRow?> GetAsync(TenantId tenant, ContactId contact, CancellationToken ct) =>
        database.FindAsync<ContactRow>(GetSql, new { TenantId = tenant, ContactId = contact }, ct);

    public Task<IReadOnlyList<ContactRow>> ListAsync(TenantId tenant, ContactListId? list, ContactId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<ContactRow>(
            list is null ? ListSql : ListMembersSql,
            new { TenantId = tenant, ListId = list ?? default, After = after ?? default, PageSize = pageSize },
            ct);

    public async Task<ContactRow?> FindByPhoneAsync(TenantId tenant, IReadOnlyList<string> phones, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(phones);
        foreach (var phone in phones)
        {
            var found = await database.FindAsync<ContactRow>(
                FindByIdentitySql, new { TenantId = tenant, Kind = IdentityKind.Phone, Value = phone }, ct);
            if (found is not null)
                return found;
        }
        return null;
    }

    public Task<ContactWriteResult> UpdateAsync(ContactRow row, IReadOnlyList<string> phoneVariants, CancellationToken ct) =>
        WriteAsync(row, phoneVariants, async transaction =>
            await transaction.ExecuteAsync(UpdateSql, row, ct) == 1 ? null : ContactWriteOutcome.Conflict, ct);

    public async Task<ContactDeleteOutcome> DeleteAsync(TenantId tenant, ContactId contact, long? version, DateTimeOffset now, CancellationToken ct)
    {
        var hasher = await suppressions.HasherAsync(ct);
        var key = new { TenantId = tenant, ContactId = contact };
        var outcome = await database.WriteAsync(async (_, transaction) =>
        {
            // Locked before anything is read: what comes after this moment finds the contact gone and its refusals kept.
            if (await transaction.FindAsync<ContactRow>(_lockSql, key, ct) is not { } row)
                return ContactDeleteOutcome.Absent;
            if (version is { } seen && seen != row.Version)
                return ContactDeleteOutcome.Conflict;
            await suppressions.KeepAsync(transaction, hasher, tenant, contact, now, ct);
            foreach (var sql in DeleteSql)
                await transaction.ExecuteAsync(sql, key, ct);
            await transaction.ExecuteAsync(_forgetWordsSql, key, ct);
            await SuppressAllAsync(transaction, tenant, contact, SuppressionReason.Erased, now, ct);
            return ContactDeleteOutcome.Deleted;
        }, ct);
        if (outcome == ContactDeleteOutcome.Deleted)
            await database.ExecuteAsync(_forgetWordsAgainSql, key, CancellationToken.None);
        return outcome;
    }

    public async Task<ContactImportResult> ImportAsync(TenantId tenant, ContactImportBatch batch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Rows.Count, ImportMax);
        var rows = LastOfEachPhone(batch.Rows);
        var hasher = await suppressions.HasherAsync(ct);
        return await database.WriteAsync((_, transaction) => imports.ImportAsync(transaction, hasher, tenant, batch, rows, ct), ct);
    }

    public Task TouchWindowAsync(TenantId tenant, ContactId contact, SenderId sender, DateTimeOffset inboundTime, CancellationToken ct) =>
        database.ExecuteAsync(TouchWindowSql, new { TenantId = tenant, ContactId = contact, SenderId = sender, Time = inboundTime }, ct);

    public Task<DateTimeOffset?> GetWindowAsync(TenantId tenant, ContactId contact, SenderId sender, CancellationToken ct) =>
        database.FindAsync<DateTimeOffset?>(GetWindowSql, new { TenantId = tenant, ContactId = contact, SenderId = sender }, ct);

    /// <summary>Rows that name the same phone, in any spelling, are the same person.</summary>
    private static List<ContactImportRow> LastOfEachPhone(IReadOnlyList<ContactImportRow> rows)
    {
        var taken = new HashSet<string>(rows.Count, StringComparer.Ordinal);
        var kept = new List<ContactImportRow>(rows.Count);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var row = rows[i];
            if (taken.Contains(row.Phone) || row.PhoneVariants.Any(taken.Contains))
                continue;
            taken.Add(row.Phone);
            taken.UnionWith(row.PhoneVariants);
            kept.Add(row);
        }
        kept.Reverse();
        return kept;
    }

    private async Task<ContactWriteResult> WriteAsync(
        ContactRow row, IReadOnlyList<string> phoneVariants, Func<DbTransaction, Task<ContactWriteOutcome?>> write, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(phoneVariants);
        var hasher = await suppressions.HasherAsync(ct);
        try
        {
            return await database.WriteAsync(async (_, transaction) =>
            {
                if (await write(transaction) is { } refusal)
                    return new ContactWriteResult { Outcome = refusal };
                foreach (var (kind, value) in ContactIdentities.Of(row, phoneVariants))
                {
                    var owner = await ContactIdentities.AddAsync(transaction, row.TenantId, kind, value, row.ContactId, ct);
                    if (owner != row.ContactId)
                        throw new IdentityTakenException(owner);
                }
                var identities = ContactIdentities.Of(row, phoneVariants).Select(identity => new KnownIdentity(row.ContactId, identity.Kind, identity.Value));
                await suppressions.RestoreAsync(transaction, hasher, row.TenantId, identities, row.UpdateTime, ct);
                return new ContactWriteResult
                {
                    Outcome = ContactWriteOutcome.Written,
                    Row = await transaction.FindAsync<ContactRow>(GetSql, row, ct),
                };
            }, ct);
        }
        catch (IdentityTakenException e)
        {
            return new ContactWriteResult { Outcome = ContactWriteOutcome.IdentityTaken, TakenBy = e.Owner };
        }
    }

    /// <summary>Rolls the write back; never leaves this class.</summary>
    private sealed class IdentityTakenException(ContactId owner) : Exception
    {
        public ContactId Owner { get; } = owner;
    }
}
