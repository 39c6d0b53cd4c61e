using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>Tenants, the system tenant among them.</summary>
public interface ITenantStore
{
    /// <summary>Adds a tenant with version 1. False, and no change, when the id exists.</summary>
    Task<bool> InsertAsync(TenantRow row, CancellationToken ct);

    /// <summary>The tenant of any kind and state, or null.</summary>
    Task<TenantRow?> GetAsync(TenantId tenant, CancellationToken ct);

    /// <summary>Up to <paramref name="pageSize"/> business tenants with ids above <paramref name="after"/> (null: from the start), by id.</summary>
    Task<IReadOnlyList<TenantRow>> ListAsync(TenantId? after, int pageSize, CancellationToken ct);

    /// <summary>
    /// Writes all but id, kind, version and create time, if the stored version is still the row's. The new row, or null when the tenant is
    /// absent or was changed meanwhile.
    /// </summary>
    Task<TenantRow?> UpdateAsync(TenantRow row, CancellationToken ct);

    /// <summary>The tenant of kind System with the lowest id, or null before the first start.</summary>
    Task<TenantRow?> GetSystemTenantAsync(CancellationToken ct);
}
