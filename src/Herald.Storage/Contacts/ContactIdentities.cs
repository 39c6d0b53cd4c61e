using System.Data.Common;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>The table that says which contact an identity belongs to; its key makes that one contact at most.</summary>
internal static class ContactIdentities
{
    private const string FindSql =
        "SELECT contact_id FROM contact_identities WHERE tenant_id = @TenantId AND kind = @Kind AND value = @Value";

    private const string AddSql =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id) VALUES (@TenantId, @Kind, @Value, @ContactId)
        ON CONFLICT DO NOTHING
        """;

    private const string MoveSql =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id) VALUES (@TenantId, @Kind, @Value, @ContactId)
        ON CONFLICT (tenant_id, kind, value) DO UPDATE SET contact_id = excluded.contact_id
        """;

    private const string FreeSql =
        """
        DELETE FROM contact_identities
        WHERE tenant_id = @TenantId AND kind = @Kind AND value = @Value
          AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.tenant_id = @TenantId AND c.contact_id = contact_identities.contact_id)
        """;

    public static Task<ContactId?> FindAsync(DbTransaction transaction, TenantId tenant, IdentityKind kind, string value, CancellationToken ct) =>
        transaction.FindAsync<ContactId?>(FindSql, new { TenantId = tenant, Kind = kind, Value = value }, ct);

    /// <summary>
    /// The contact that has the identity now: the given one, or whoever had it before. Waits for another transaction that is adding it.
    /// </summary>
    public static async Task<ContactId> AddAsync(
        DbTransaction transaction, TenantId tenant, IdentityKind kind, string value, ContactId contact, CancellationToken ct)
    {
        while (true)
        {
            await transaction.ExecuteAsync(AddSql, new { TenantId = tenant, Kind = kind, Value = value, ContactId = contact }, ct);
            // Whoever had it may have been erased since: then it is free.
            if (await FindAsync(transaction, tenant, kind, value, ct) is { } owner)
                return owner;
        }
    }

    /// <summary>Gives the identity to the contact, whoever had it.</summary>
    public static Task MoveAsync(
        DbTransaction transaction, TenantId tenant, IdentityKind kind, string value, ContactId contact, CancellationToken ct) =>
        transaction.ExecuteAsync(MoveSql, new { TenantId = tenant, Kind = kind, Value = value, ContactId = contact }, ct);

    /// <summary>
    /// Frees those of the identities that belong to no contact. Contact and identities come and go in one transaction, so there are none, unless a
    /// database was restored in parts or changed by hand.
    /// </summary>
    public static async Task FreeAsync(
        DbTransaction transaction, TenantId tenant, IEnumerable<(IdentityKind Kind, string Value)> identities, CancellationToken ct)
    {
        foreach (var (kind, value) in identities)
            await transaction.ExecuteAsync(FreeSql, new { TenantId = tenant, Kind = kind, Value = value }, ct);
    }

    /// <summary>All identities that a contact names, the phone's other spellings included.</summary>
    public static IEnumerable<(IdentityKind Kind, string Value)> Of(ContactRow row, IReadOnlyList<string> phoneVariants)
    {
        if (row.Phone is not null)
            yield return (IdentityKind.Phone, row.Phone);
        foreach (var variant in phoneVariants)
            yield return (IdentityKind.Phone, variant);
        if (row.UserId is not null)
            yield return (IdentityKind.UserId, row.UserId);
        if (row.ParentUserId is not null)
            yield return (IdentityKind.ParentUserId, row.ParentUserId);
        if (row.Username is not null)
            yield return (IdentityKind.Username, row.Username);
    }
}
