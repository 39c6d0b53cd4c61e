using System.Data.Common;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;

namespace Herald.Storage.Contacts;

/// <summary>Who wrote to us.</summary>
internal sealed partial class ContactStore
{
    /// <summary>A race is lost once or twice; whoever loses this many is stopped instead of going round.</summary>
    private const int ResolveAttemptsMax = 100;

    private const string ListOwnersSql =
        """
        WITH RECURSIVE person (contact_id) AS (
          SELECT i.contact_id FROM contact_identities i
          WHERE i.tenant_id = @TenantId AND ((i.kind = 2 AND i.value = @UserId) OR (i.kind = 3 AND i.value = @ParentUserId) OR (i.kind = 1 AND i.value
        """;

    private const string ForgetUsernameSql =
        """
        UPDATE contacts SET username = NULL, version = version + 1, update_time = @Now
        WHERE tenant_id = @TenantId AND contact_id <> @ContactId AND username = @Username
          AND contact_id IN (SELECT i.contact_id FROM contact_identities i WHERE i.tenant_id = @TenantId AND i.kind = 4 AND i.value = @Username)
        """;

    private readonly SamePerson _samePerson = new(database, dialect);
    private readonly string _listOwnersSql = ListOwnersSql + dialect.Pick(SqlText.InIdsPostgreSql, SqlText.InIdsSqlite) + "))" + SamePerson.AndTwins;

    public Task<IReadOnlyList<ContactId>> ListOwnersAsync(TenantId tenant, InboundIdentity identity, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var phones = Named(identity).Where(told => told.Kind == IdentityKind.Phone).Select(told => told.Value);
        return database.ListAsync<ContactId>(
            _listOwnersSql, new { TenantId = tenant, identity.UserId, identity.ParentUserId, Ids = new TextSet(phones) }, ct);
    }

    public async Task<ContactRow> ResolveInboundAsync(
        TenantId tenant, InboundIdentity identity, ContactId newContactId, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var known = Named(identity).ToList();
        if (known.Count == 0)
            throw new ArgumentException("Somebody without any identity can't be found again.", nameof(identity));
        var hasher = await suppressions.HasherAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var isRepeated = attempt > 1;
                return await database.WriteAsync(async (_, transaction) =>
                {
                    if (isRepeated)
                        await ContactIdentities.FreeAsync(transaction, tenant, known, ct);
                    var row = await FindAsync(transaction, tenant, known, ct)
                        ?? await CreateAsync(transaction, tenant, identity, known, newContactId, now, ct);
                    var (learned, others) = await LearnAsync(transaction, row, identity, now, ct);
                    await suppressions.RestoreAsync(
                        transaction, hasher, tenant, known.Select(told => new KnownIdentity(row.ContactId, told.Kind, told.Value)), now, ct);
                    if (others.Count > 0)
                        await _samePerson.JoinAsync(transaction, tenant, [.. others, row.ContactId], now, ct);
                    return learned;
                }, ct);
            }
            catch (IdentityTakenException) when (attempt < ResolveAttemptsMax)
            {
                // Somebody committed a contact with one of the identities, or erased the contact of one, between two looks: the next search
                // finds what stands. An identity of nobody, should there ever be one, is freed first, so that it holds up nobody's word.
            }
        }
    }

    /// <summary>The identities by which a person is looked for, the surest first.</summary>
    private static IEnumerable<(IdentityKind Kind, string Value)> Named(InboundIdentity identity)
    {
        if (identity.UserId is not null)
            yield return (IdentityKind.UserId, identity.UserId);
        if (identity.Phone is not null)
            yield return (IdentityKind.Phone, identity.Phone);
        foreach (var variant in identity.PhoneVariants)
            yield return (IdentityKind.Phone, variant);
        if (identity.ParentUserId is not null)
            yield return (IdentityKind.ParentUserId, identity.ParentUserId);
        if (identity.Username is not null)
            yield return (IdentityKind.Username, identity.Username);
    }

    private async Task<ContactRow?> FindAsync(
        DbTransaction transaction, TenantId tenant, List<(IdentityKind Kind, string Value)> known, CancellationToken ct)
    {
        var hasAddress = known[0].Kind is IdentityKind.UserId or IdentityKind.Phone;
        foreach (var (kind, value) in known)
        {
            if (await ContactIdentities.FindAsync(transaction, tenant, kind, value, ct) is not { } contact)
                continue;
            // Absent only if it was erased while its lock was waited for.
            var row = await transaction.FindAsync<ContactRow>(_lockSql, new { TenantId = tenant, ContactId = contact }, ct)
                ?? throw new IdentityTakenException(contact);
            // A user name can pass to another person, who must not become the one it belonged to: where both sides have an address, and it was
            // not found above, the name proves nothing.
            if (kind == IdentityKind.Username && hasAddress && (row.UserId is not null || row.Phone is not null))
                continue;
            return row;
        }
        return null;
    }

    private static async Task<ContactRow> CreateAsync(
        DbTransaction transaction, TenantId tenant, InboundIdentity identity, List<(IdentityKind Kind, string Value)> known, ContactId newContactId,
        DateTimeOffset now, CancellationToken ct)
    {
        // In one order everywhere: of two transactions with any identity in common, one waits for the other at the first of these.
        foreach (var (kind, value) in known.Where(id => id.Kind != IdentityKind.Username).OrderBy(id => id.Kind).ThenBy(id => id.Value, StringComparer.Ordinal))
        {
            var owner = await ContactIdentities.AddAsync(transaction, tenant, kind, value, newContactId, ct);
            if (owner != newContactId)
                throw new IdentityTakenException(owner);
        }
        var row = NewRow(tenant, newContactId, identity, now);
        await transaction.ExecuteAsync(InsertSql, row, ct);
        return row;
    }

    private static ContactRow NewRow(TenantId tenant, ContactId contact, InboundIdentity identity, DateTimeOffset now) => new()
    {
        TenantId = tenant,
        ContactId = contact,
        Phone = identity.Phone,
        UserId = identity.UserId,
        ParentUserId = identity.ParentUserId,
        Username = null,
        DisplayName = identity.ProfileName,
        Language = "",
        TimeZone = "",
        Attributes = new Dictionary<string, string>(),
        Version = 1,
        CreateTime = now,
        UpdateTime = now,
    };

    /// <summary>The contact with what the identity tells anew, and the other contacts that have some of it: they are the same person.</summary>
    private static async Task<(ContactRow Row, IReadOnlyCollection<ContactId> Others)> LearnAsync(
        DbTransaction transaction, ContactRow row, InboundIdentity identity, DateTimeOffset now, CancellationToken ct)
    {
        var others = new HashSet<ContactId>();
        async Task<bool> AddAsync(IdentityKind kind, string told)
        {
            var owner = await ContactIdentities.AddAsync(transaction, row.TenantId, kind, told, row.ContactId, ct);
            if (owner != row.ContactId)
                others.Add(owner);
            return owner == row.ContactId;
        }

        async Task<string?> OwnAsync(IdentityKind kind, string? told, string? stored)
        {
            if (told is null)
                return stored;
            // An identity of somebody else stays theirs: the surer identity has decided who this is.
            return await AddAsync(kind, told) ? told : stored;
        }

        var phone = await OwnAsync(IdentityKind.Phone, identity.Phone, row.Phone);
        foreach (var variant in identity.PhoneVariants)
            await AddAsync(IdentityKind.Phone, variant);
        // Another spelling of the same phone is no news.
        if (row.Phone is not null && identity.PhoneVariants.Contains(row.Phone, StringComparer.Ordinal))
            phone = row.Phone;
        if (identity.Username is not null && identity.Username != row.Username)
        {
            await transaction.ExecuteAsync(ForgetUsernameSql, new { row.TenantId, row.ContactId, identity.Username, Now = now }, ct);
            await ContactIdentities.MoveAsync(transaction, row.TenantId, IdentityKind.Username, identity.Username, row.ContactId, ct);
        }
        var learned = row with
        {
            Phone = phone,
            UserId = await OwnAsync(IdentityKind.UserId, identity.UserId, row.UserId),
            ParentUserId = await OwnAsync(IdentityKind.ParentUserId, identity.ParentUserId, row.ParentUserId),
            Username = identity.Username ?? row.Username,
            DisplayName = row.DisplayName.Length > 0 ? row.DisplayName : identity.ProfileName,
        };
        if (learned == row)
            return (row, others);
        await transaction.ExecuteAsync(UpdateSql, learned with { UpdateTime = now }, ct);
        return (learned with { UpdateTime = now, Version = row.Version + 1 }, others);
    }
}
