using System.Data.Common;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;

namespace Herald.Storage.Contacts;

/// <summary>The import of many contacts, which each database does best in its own way.</summary>
internal interface IContactImports
{
    /// <summary>See <see cref="IContactStore.ImportAsync"/>. Of rows that name the same phone, only the last is among these.</summary>
    Task<ContactImportResult> ImportAsync(
        DbTransaction transaction, IdentityHasher hasher, TenantId tenant, ContactImportBatch batch, IReadOnlyList<ContactImportRow> rows, CancellationToken ct);
}
