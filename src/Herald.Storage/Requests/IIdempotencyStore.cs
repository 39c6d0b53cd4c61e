using Herald.Domain.Tenants;

namespace Herald.Storage.Requests;

/// <summary>Remembers mutations by their request id, so that a repetition gets the first answer.</summary>
public interface IIdempotencyStore
{
    /// <summary>Notes the request if its id is new in the tenant, else tells what is known. A repetition before the answer runs again with the same resource id.</summary>
    Task<IdempotentRequest> BeginAsync(
        TenantId tenant, string requestId, string method, byte[] requestHash, Guid newResourceId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Keeps the answer unless there is one already.</summary>
    Task CompleteAsync(TenantId tenant, string requestId, byte[] response, CancellationToken ct);

    /// <summary>Forgets a request that was refused, so that its id can be used again. An answered one stays.</summary>
    Task AbandonAsync(TenantId tenant, string requestId, CancellationToken ct);

    /// <summary>Removes up to <paramref name="limit"/> requests of all tenants made before <paramref name="before"/>. How many.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken ct);
}
