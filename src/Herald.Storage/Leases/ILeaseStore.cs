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

    /// <summary>
    /// Takes those of the leases that are free or ran out, and extends the node's own living ones, in one statement. One whose row another
    /// transaction uses just now is left for the next time rather than waited for. The leases that the node holds now; of several nodes at once
    /// one gets each.
    /// </summary>
    Task<IReadOnlyList<Lease>> AcquireManyAsync(IReadOnlyCollection<string> names, string node, TimeSpan duration, CancellationToken ct);

    /// <summary>
    /// Extends those of the leases that their one node still holds under their epochs, even if their time ran out and nobody took them, in one
    /// statement that waits for no claim. The leases that are held on; a lease that was released stays so.
    /// </summary>
    Task<IReadOnlyList<Lease>> RenewManyAsync(IReadOnlyCollection<Lease> leases, TimeSpan duration, CancellationToken ct);

    /// <summary>
    /// Ends those of the leases that their one node still holds, at once and in one statement, and tells the other nodes on
    /// <see cref="SignalChannels.LeaseChannel"/>.
    /// </summary>
    Task ReleaseManyAsync(IReadOnlyCollection<Lease> leases, CancellationToken ct);

    /// <summary>The leases whose names start with <paramref name="prefix"/> and whose time has not run out, by name.</summary>
    Task<IReadOnlyList<Lease>> ListLivingAsync(string prefix, CancellationToken ct);

    /// <summary>
    /// Forgets the leases whose names start with <paramref name="prefix"/> and that ran out longer than <paramref name="age"/> ago. Only for names
    /// that never come back, since an epoch is forgotten with its lease. How many.
    /// </summary>
    Task<int> ForgetAsync(string prefix, TimeSpan age, CancellationToken ct);

    /// <summary>All leases whose names start with <paramref name="prefix"/>, those that ran out included, by name.</summary>
    Task<IReadOnlyList<Lease>> ListAsync(string prefix, CancellationToken ct);
}
