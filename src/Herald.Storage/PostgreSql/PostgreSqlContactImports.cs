using System.Data.Common;
using Herald.Domain.Consents;
using Herald.Domain.Tenants;
using Herald.Storage.Contacts;

namespace Herald.Storage.PostgreSql;

/// <summary>
/// A binary COPY into a temporary table, then a few statements on all rows. Rows are written in order of key, so that two imports with the same
/// people seldom deadlock; when they do, the transaction is repeated.
/// </summary>
internal sealed partial class PostgreSqlContactImports : IContactImports
{
    public async Task<ContactImportResult> ImportAsync(
        DbTransaction transaction, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        await transaction.ExecuteAsync(CreateTablesSql, null, ct);
        await CopyRowsAsync(transaction, rows, ct);
        await CopyVariantsAsync(transaction, rows, ct);
        await transaction.ExecuteAsync(AnalyzeSql, null, ct);

        var scope = new { TenantId = tenant, batch.ListId, batch.Now };
        await transaction.ExecuteAsync(ResolveSql, scope, ct);
        if (rows.Any(row => row.PhoneVariants.Count > 0))
        {
            await transaction.ExecuteAsync(ResolveVariantsSql, scope, ct);
            await transaction.ExecuteAsync(ResolveByVariantSql, scope, ct);
        }
        // The identity decides who creates the contact; whoever comes second finds the first one's.
        await transaction.ExecuteAsync(AddNewIdentitiesSql, scope, ct);
        await transaction.ExecuteAsync(ResolveSql, scope, ct);
        var created = await transaction.ExecuteAsync(InsertContactsSql, scope, ct);
        await transaction.ExecuteAsync(AddOtherIdentitiesSql, scope, ct);
        var updated = await transaction.ExecuteAsync(UpdateContactsSql, scope, ct);
        if (batch.ListId is not null)
            await transaction.ExecuteAsync(AddMembersSql, scope, ct);

        List<ConsentAction> applied = [];
        var turns = rows.Any(row => row.Consent is not null) ? await transaction.FindAsync<long>(CountTurnsSql, null, ct) : 0;
        if (turns > 0)
            await transaction.ExecuteAsync(NoNestedLoopsSql, null, ct);
        for (var turn = 1L; turn <= turns; turn++)
            applied.AddRange(await transaction.ListAsync<ConsentAction>(ProjectSql, new { TenantId = tenant, batch.Now, Turn = turn }, ct));
        return new ContactImportResult
        {
            Created = created,
            Updated = updated,
            Unchanged = rows.Count - created - updated,
            ConsentGranted = applied.Count(action => action == ConsentAction.Grant),
            ConsentRevoked = applied.Count(action => action == ConsentAction.Revoke),
            ConsentIgnored = rows.Count(row => row.Consent is not null) - applied.Count,
        };
    }
}
