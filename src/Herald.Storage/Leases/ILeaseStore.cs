namespace Herald.Storage.Leases;

/// <summary>Leases, judged in the database's own time.</summary>
public interface ILeaseStore
{
    /// <summary>
    /// Takes a lease that is free or ran out, or extends the node's own living one (same epoch). Null when another node holds it. Of
    /// several nodes at once one gets it.
    /// </summary>
    Task<Lease?> AcquireAsync(string name, string node, TimeSpan duration, CancellationToken ct);

    /// <summary>
    /// Extends the lease if the node still holds that epoch, even if its time ran out and nobody took it. False when it is lost. The new
    /// expire time is now plus the duration.
    /// </summary>
    Task<bool> RenewAsync(Lease lease, TimeSpan duration, CancellationToken ct);

    /// <summary>Ends the lease at once if the node still holds that epoch; its epoch is kept so that the next one is higher.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken ct);

    /// <summary>All leases whose names start with <paramref name="prefix"/>, those that ran out included, by name.</summary>
    Task<IReadOnlyList<Lease>> ListAsync(string prefix, CancellationToken ct);
}
