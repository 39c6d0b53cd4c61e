using Herald.Domain.Tenants;

namespace Herald.Storage.Audit;

/// <summary>The audit log; append-only.</summary>
public interface IAuditStore
{
    /// <summary>Appends an entry; durable when the task completes. A second one with the same id changes nothing.</summary>
    Task AppendAsync(AuditRow row, CancellationToken ct);

    /// <summary>Up to <paramref name="pageSize"/> entries of the tenant below the id <paramref name="after"/> (null: from the newest), newest first.</summary>
    Task<IReadOnlyList<AuditRow>> ListAsync(TenantId tenant, Guid? after, int pageSize, CancellationToken ct);
}
