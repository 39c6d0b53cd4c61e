using System.Data.Common;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.PostgreSql;

/// <summary>
/// New people are copied into the tables. Those whom the tenant knows are copied into a temporary table, from which a few statements work on all
/// of them. Rows are written in order of key, so that two imports with the same people seldom deadlock; when they do, the transaction is repeated.
/// </summary>
internal sealed partial class PostgreSqlContactImports(IDatabase database, Suppressions suppressions, IDialect dialect) : IContactImports
{
    private const int ResolvesMax = 10;

    private readonly SamePerson _samePerson = new(database, dialect);
    private readonly QueuedSuppression _queued = new(database, dialect);

    public async Task<ContactImportResult> ImportAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows,
        CancellationToken ct)
    {
        var added = await PostgreSqlNewcomers.ClaimAsync(transaction, tenant, rows, ct);
        await PostgreSqlNewcomers.AddContactsAsync(transaction, tenant, batch, added, ct);
        var newcomers = new HashSet<ContactImportRow>(added, ReferenceEqualityComparer.Instance);
        var others = added.Count == rows.Count ? [] : rows.Where(row => !newcomers.Contains(row)).ToList();
        var (created, updated) = others.Count == 0 ? (0, 0) : await WriteOthersAsync(transaction, tenant, batch, others, ct);
        // Before the file's own consents, which are weighed against it.
        var erased = await Suppressions.AnyAsync(transaction, tenant, ct)
            ? await RestoreAsync(transaction, hasher, tenant, rows, newcomers, batch.Now, ct)
            : [];
        var weighed = added.Where(erased.Contains).ToList();
        if (weighed.Count > 0)
            await StageNewcomersAsync(transaction, weighed, ct);
        var decided = added.Where(row => row.Consent is not null && !erased.Contains(row)).ToList();
        await PostgreSqlNewcomers.AddConsentsAsync(transaction, tenant, batch, decided, ct);

        if (rows.Any(row => row.Consent?.Action == ConsentAction.Revoke) && others.Count + weighed.Count > 0)
            await _samePerson.HoldAsync(transaction, tenant, await transaction.ListAsync<ContactId>(DecidingSql, null, ct), ct);
        var applied = await ProjectAsync(transaction, tenant, batch, [.. others, .. weighed], ct);
        var revoked = applied.Where(consent => consent.Action == ConsentAction.Revoke).ToList();
        var refusing = revoked.Select(consent => consent.ContactId).ToHashSet();
        await _samePerson.ShareAsync(transaction, tenant, refusing, batch.Now, ct);
        await _queued.ApplyAsync(transaction, tenant, refusing, batch.Now, ct);
        var refusals = decided.Count(row => row.Consent?.Action == ConsentAction.Revoke);
        return new ContactImportResult
        {
            Created = added.Count + created,
            Updated = updated,
            Unchanged = others.Count - created - updated,
            ConsentGranted = applied.Count - revoked.Count + decided.Count - refusals,
            ConsentRevoked = revoked.Count + refusals,
            ConsentIgnored = rows.Count(row => row.Consent is not null) - applied.Count - decided.Count,
        };
    }

    /// <summary>Everything but the consents of those who were not new. Some of them may be by now, since others erase people meanwhile.</summary>
    private static async Task<(int Created, int Updated)> WriteOthersAsync(
        DbTransaction transaction, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        await StageAsync(transaction, rows, ct);
        await StageVariantsAsync(transaction, rows, ct);
        await transaction.ExecuteAsync(AnalyzeSql, null, ct);

        var scope = new { TenantId = tenant, batch.ListId, batch.Now };
        await ResolveAsync(transaction, scope, rows, ct);
        var created = await transaction.ExecuteAsync(InsertContactsSql, scope, ct);
        await transaction.ExecuteAsync(AddOtherIdentitiesSql, scope, ct);
        await transaction.ExecuteAsync(LookUpsSql, null, ct);
        var updated = await transaction.ExecuteAsync(UpdateContactsSql, scope, ct);
        await transaction.ExecuteAsync(AnyJoinSql, null, ct);
        if (batch.ListId is not null)
            await transaction.ExecuteAsync(AddMembersSql, scope, ct);
        return (created, updated);
    }

    /// <summary>Puts newcomers where consents are weighed; all else of them is written.</summary>
    private static async Task StageNewcomersAsync(DbTransaction transaction, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        await StageAsync(transaction, rows, ct);
        await transaction.ExecuteAsync(ResolveNewcomersSql, new { Ids = new TextSet(rows.Select(row => row.Phone)) }, ct);
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
        for (var i = 0; await transaction.FindAsync<bool>(AnyUnresolvedSql, null, ct); i++)
        {
            if (i == ResolvesMax)
                throw new InvalidOperationException("A contact of the import was added and erased by others time and again.");
            // The identity decides who creates the contact; whoever comes second finds the first one's.
            await transaction.ExecuteAsync(AddNewIdentitiesSql, scope, ct);
            await transaction.ExecuteAsync(ResolveSql, scope, ct);
            await transaction.ExecuteAsync(LockContactsSql, scope, ct);
        }
    }

    /// <summary>Gives those of the rows' people who were erased their refusals back, and returns their rows.</summary>
    private async Task<HashSet<ContactImportRow>> RestoreAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, IReadOnlyList<ContactImportRow> rows,
        HashSet<ContactImportRow> newcomers, DateTimeOffset now, CancellationToken ct)
    {
        var people = new Dictionary<string, ContactImportRow>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var hash in row.PhoneVariants.Prepend(row.Phone).SelectMany(phone => hasher.Of(tenant, IdentityKind.Phone, phone)))
                people[hash] = row;
        }
        var found = await suppressions.FindAsync(transaction, tenant, people.Keys, ct);
        var erased = new HashSet<ContactImportRow>(found.Select(row => people[row.IdentityHash]), ReferenceEqualityComparer.Instance);
        if (erased.Count == 0)
            return erased;
        var owners = erased.Where(newcomers.Contains).ToDictionary(row => row.Phone, row => row.NewContactId, StringComparer.Ordinal);
        if (erased.Count > owners.Count)
        {
            var phones = new TextSet(erased.Where(row => !newcomers.Contains(row)).Select(row => row.Phone));
            foreach (var owner in await transaction.ListAsync<Owner>(OwnersSql, new { Ids = phones }, ct))
                owners.Add(owner.Phone, owner.ContactId);
        }
        await suppressions.RestoreFoundAsync(transaction, tenant, found.Select(row => (owners[people[row.IdentityHash].Phone], row)), now, ct);
        return erased;
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
