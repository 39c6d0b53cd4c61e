using System.Data.Common;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Contacts;
using Herald.Storage.Keys;

namespace Herald.Storage.Consents;

/// <summary>
/// What erased people had refused. Written when a contact is erased; read whenever identities become a contact's, whose ledger then
/// gets the refusals back with their own times, so that the ordinary rules hold from there.
/// </summary>
/// <remarks>
/// Nobody slips through between an erasure and an addition at once on PostgreSQL: an erasure locks the contact before it reads what the contact has and
/// refused; whoever adds an identity to a known contact holds a lock on it, and whoever adds an identity that is being erased waits
/// for that commit. Hence <see cref="RestoreAsync"/> comes after the identities were added, as a statement of its own with a snapshot of its own.
/// </remarks>
internal sealed class Suppressions(IDatabase database, IDialect dialect, IIdentityKey key, IIdSource ids)
{
    private const string AnySql = "SELECT EXISTS (SELECT 1 FROM suppressions WHERE tenant_id = @TenantId)";

    private const string FindHead =
        """
        SELECT identity_hash, scope_id, marketing_time, utility_time, erase_time FROM suppressions
        WHERE tenant_id = @TenantId AND identity_hash
        """;

    private const string ForgetHead = "DELETE FROM suppressions WHERE tenant_id = @TenantId AND identity_hash";

    private const string IdentitiesSql =
        "SELECT contact_id, kind, value FROM contact_identities WHERE tenant_id = @TenantId AND contact_id = @ContactId";

    private const string RefusedSql =
        """
        SELECT scope_id, CASE WHEN marketing = 2 THEN marketing_time END AS marketing_time, CASE WHEN utility = 2 THEN utility_time END AS utility_time
        FROM consents WHERE tenant_id = @TenantId AND contact_id = @ContactId AND (marketing = 2 OR utility = 2)
        """;

    // A spelling of a phone may be named by two identities of the contact.
    private const string AddPostgreSql =
        """
        INSERT INTO suppressions (tenant_id, identity_hash, scope_id, marketing_time, utility_time, erase_time)
        SELECT @TenantId, r.hash, r.scope, r.marketing, r.utility, @Now
        FROM json_to_recordset(CAST(@Rows AS json)) AS r (hash text, scope uuid, marketing bigint, utility bigint)
        ON CONFLICT DO NOTHING
        """;

    private const string AddSqlite =
        """
        INSERT INTO suppressions (tenant_id, identity_hash, scope_id, marketing_time, utility_time, erase_time)
        SELECT @TenantId, value ->> 'hash', value ->> 'scope', value ->> 'marketing', value ->> 'utility', @Now
        FROM json_each(@Rows) WHERE true
        ON CONFLICT DO NOTHING
        """;

    private readonly string _findSql = dialect.Pick(FindHead + SqlText.InIdsPostgreSql, FindHead + SqlText.InIdsSqlite);
    private readonly string _forgetSql = dialect.Pick(ForgetHead + SqlText.InIdsPostgreSql, ForgetHead + SqlText.InIdsSqlite);
    private readonly string _addSql = dialect.Pick(AddPostgreSql, AddSqlite);
    private readonly RestoredRevokes _restored = new(database, dialect, ids);

    /// <summary>What hashes identities. To be asked for before the transaction.</summary>
    public async ValueTask<IdentityHasher> HasherAsync(CancellationToken ct) => new(await key.GetAsync(ct));

    /// <summary>Whether the tenant has any; spares the hashing where it has none.</summary>
    public static async Task<bool> AnyAsync(DbTransaction transaction, TenantId tenant, CancellationToken ct) =>
        await transaction.FindAsync<bool>(AnySql, new { TenantId = tenant }, ct);

    /// <summary>
    /// Keeps what a contact refuses, under all its identities. What they were suppressed for earlier is in its projection, or was lifted there by
    /// the person, so it is replaced. The contact's row is locked, and its identities still stand.
    /// </summary>
    public async Task KeepAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, ContactId contact, DateTimeOffset now, CancellationToken ct)
    {
        var owner = new { TenantId = tenant, ContactId = contact };
        var identities = await transaction.ListAsync<Identity>(IdentitiesSql, owner, ct);
        var hashes = identities.SelectMany(identity => hasher.Of(tenant, identity.Kind, identity.Value)).Distinct(StringComparer.Ordinal).ToArray();
        await transaction.ExecuteAsync(_forgetSql, new { TenantId = tenant, Ids = new TextSet(hashes) }, ct);
        var refused = await transaction.ListAsync<Refusal>(RefusedSql, owner, ct);
        if (refused.Count == 0)
            return;
        var rows = from refusal in refused
                   from hash in hashes
                   select new
                   {
                       hash,
                       scope = refusal.ScopeId.ToString("D").ToUpperInvariant(),
                       marketing = refusal.MarketingTime,
                       utility = refusal.UtilityTime,
                   };
        await transaction.ExecuteAsync(_addSql, new { TenantId = tenant, Rows = JsonSerializer.Serialize(rows), Now = now }, ct);
    }

    /// <summary>
    /// Gives contacts back what was refused under any of these identities, suppresses what is queued for them and tells the nodes. A refusal that
    /// a contact's ledger already has back changes nothing.
    /// </summary>
    public async Task RestoreAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, IEnumerable<KnownIdentity> identities, DateTimeOffset now,
        CancellationToken ct)
    {
        var owners = new Dictionary<string, ContactId>(StringComparer.Ordinal);
        foreach (var identity in identities)
        {
            foreach (var hash in hasher.Of(tenant, identity.Kind, identity.Value))
                owners[hash] = identity.ContactId;
        }
        var found = await FindAsync(transaction, tenant, owners.Keys, ct);
        await _restored.WriteAsync(transaction, tenant, found.Select(row => (owners[row.IdentityHash], row)), now, ct);
    }

    /// <summary>The suppressions of these hashes.</summary>
    public Task<IReadOnlyList<SuppressionRow>> FindAsync(
        DbTransaction transaction, TenantId tenant, IEnumerable<string> hashes, CancellationToken ct) =>
        transaction.ListAsync<SuppressionRow>(_findSql, new { TenantId = tenant, Ids = new TextSet(hashes) }, ct);

    /// <summary>Gives contacts back what was found for them.</summary>
    public Task RestoreFoundAsync(
        DbTransaction transaction, TenantId tenant, IEnumerable<(ContactId Contact, SuppressionRow Row)> found, DateTimeOffset now, CancellationToken ct) =>
        _restored.WriteAsync(transaction, tenant, found, now, ct);

    private sealed class Identity
    {
        public IdentityKind Kind { get; init; }

        public string Value { get; init; } = "";
    }

    private sealed class Refusal
    {
        public Guid ScopeId { get; init; }

        public long? MarketingTime { get; init; }

        public long? UtilityTime { get; init; }
    }
}
