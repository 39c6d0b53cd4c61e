using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>API keys of all tenants.</summary>
public interface IApiKeyStore
{
    /// <summary>Adds a key. False, and no change, when the key id exists in any tenant.</summary>
    Task<bool> InsertAsync(ApiKeyRow row, CancellationToken ct);

    /// <summary>The key of whichever tenant, revoked ones included, or null.</summary>
    Task<ApiKeyRow?> FindAsync(string keyId, CancellationToken ct);

    /// <summary>All keys of the tenant, revoked ones included, oldest first.</summary>
    Task<IReadOnlyList<ApiKeyRow>> ListAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Revokes a key for good. False when the tenant has no such key or it is revoked already.</summary>
    Task<bool> RevokeAsync(TenantId tenant, string keyId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Revokes a key unless it is the tenant's last valid one with the scope ADMIN. Of several at once, one admin key always stays.
    /// </summary>
    Task<ApiKeyRevocation> RevokeUnlessLastAdminAsync(TenantId tenant, string keyId, DateTimeOffset now, CancellationToken ct);

    /// <summary>True when any tenant has any key, revoked ones included; false only on a new installation.</summary>
    Task<bool> AnyAsync(CancellationToken ct);
}
