using System.Data.Common;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.PostgreSql;

/// <summary>
/// A binary COPY into a temporary table, then a few statements on all rows. Rows are written in order of key, so that two imports with the same
/// people seldom deadlock; when they do, the transaction is repeated.
/// </summary>
internal sealed partial class PostgreSqlContactImports(IDatabase database, Suppressions suppressions, IDialect dialect) : IContactImports
{
    private const int ResolvesMax = 10;

    private readonly QueuedSuppression _queued = new(database, dialect);

    public async Task<ContactImportResult> ImportAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows,
        CancellationToken ct)
    {
        await transaction.ExecuteAsync(CreateTablesSql, null, ct);
        await CopyRowsAsync(transaction, rows, ct);
        await CopyVariantsAsync(transaction, rows, ct);
        await transaction.ExecuteAsync(AnalyzeSql, null, ct);

        var scope = new { TenantId = tenant, batch.ListId, batch.Now };
        await ResolveAsync(transaction, scope, rows, ct);
        var created = await transaction.ExecuteAsync(InsertContactsSql, scope, ct);
        await transaction.ExecuteAsync(AddOtherIdentitiesSql, scope, ct);
        var updated = await transaction.ExecuteAsync(UpdateContactsSql, scope, ct);
        if (batch.ListId is not null)
            await transaction.ExecuteAsync(AddMembersSql, scope, ct);
        // Before the file's own consents, which are weighed against it.
        if (await Suppressions.AnyAsync(transaction, tenant, ct))
            await RestoreAsync(transaction, hasher, tenant, rows, batch.Now, ct);

        var applied = await ProjectAsync(transaction, tenant, batch, rows, ct);
        var revoked = applied.Where(consent => consent.Action == ConsentAction.Revoke).ToList();
        await _queued.ApplyAsync(transaction, tenant, revoked.Select(consent => consent.ContactId).ToHashSet(), batch.Now, ct);
        return new ContactImportResult
        {
            Created = created,
            Updated = updated,
            Unchanged = rows.Count - created - updated,
            ConsentGranted = applied.Count - revoked.Count,
            ConsentRevoked = revoked.Count,
            ConsentIgnored = rows.Count(row => row.Consent is not null) - applied.Count,
        };
    }

    /// <summary>Finds or decides the contact of every row, and holds the known ones.</summary>
    private static async Task ResolveAsync(DbTransaction transaction, object scope, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        await transaction.ExecuteAsync(ResolveSql, scope, ct);
        if (rows.Any(row => row.PhoneVariants.Count > 0))
        {
            await transaction.ExecuteAsync(ResolveVariantsSql, scope, ct);
            await transaction.ExecuteAsync(ResolveByVariantSql, scope, ct);
        }
        await transaction.ExecuteAsync(LockContactsSql, scope, ct);
        for (var i = 0; i < ResolvesMax; i++)
        {
            // The identity decides who creates the contact; whoever comes second finds the first one's.
            await transaction.ExecuteAsync(AddNewIdentitiesSql, scope, ct);
            await transaction.ExecuteAsync(ResolveSql, scope, ct);
            await transaction.ExecuteAsync(LockContactsSql, scope, ct);
            if (!await transaction.FindAsync<bool>(AnyUnresolvedSql, null, ct))
                return;
        }
        throw new InvalidOperationException("A contact of the import was added and erased by others time and again.");
    }

    /// <summary>Gives those of the rows' people who were erased their refusals back.</summary>
    private async Task RestoreAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, IReadOnlyList<ContactImportRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var phones = new Dictionary<string, string>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var hash in row.PhoneVariants.Prepend(row.Phone).SelectMany(phone => hasher.Of(tenant, IdentityKind.Phone, phone)))
                phones[hash] = row.Phone;
        }
        var found = await suppressions.FindAsync(transaction, tenant, phones.Keys, ct);
        if (found.Count == 0)
            return;
        var hit = found.Select(row => phones[row.IdentityHash]).Distinct(StringComparer.Ordinal).ToArray();
        var owners = (await transaction.ListAsync<Owner>(OwnersSql, new { Ids = new TextSet(hit) }, ct))
            .ToDictionary(owner => owner.Phone, owner => owner.ContactId, StringComparer.Ordinal);
        await suppressions.RestoreFoundAsync(transaction, tenant, found.Select(row => (owners[phones[row.IdentityHash]], row)), now, ct);
    }

    private static async Task<List<Applied>> ProjectAsync(
        DbTransaction transaction, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        List<Applied> applied = [];
        var turns = rows.Any(row => row.Consent is not null) ? await transaction.FindAsync<long>(CountTurnsSql, null, ct) : 0;
        if (turns == 0)
            return applied;
        await transaction.ExecuteAsync(NoNestedLoopsSql, null, ct);
        for (var turn = 1L; turn <= turns; turn++)
            applied.AddRange(await transaction.ListAsync<Applied>(ProjectSql, new { TenantId = tenant, batch.Now, Turn = turn }, ct));
        await transaction.ExecuteAsync(NestedLoopsSql, null, ct);
        return applied;
    }

    private sealed class Applied
    {
        public ContactId ContactId { get; init; }

        public ConsentAction Action { get; init; }
    }

    private sealed class Owner
    {
        public string Phone { get; init; } = "";

        public ContactId ContactId { get; init; }
    }
}
