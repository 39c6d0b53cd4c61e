using System.Collections.Concurrent;

namespace Herald.Storage.Leases;

/// <summary>
/// All leases of one kind that this node holds, renewed by one statement however many they are. One loop takes, renews and releases; anybody may
/// ask a <see cref="HeldLease"/>.
/// </summary>
/// <param name="leases">Where leases stand.</param>
/// <param name="time">This node's clocks.</param>
/// <param name="node">This node.</param>
/// <param name="duration">How long a lease lasts without a renewal, in the database's time.</param>
public sealed class LeaseSet(ILeaseStore leases, TimeProvider time, string node, TimeSpan duration)
{
    private readonly ConcurrentDictionary<string, HeldLease> _held = new(StringComparer.Ordinal);

    /// <summary>The node that holds them.</summary>
    public string Node { get; } = node;

    /// <summary>Takes those that are free. Names that are held already must not be among them. What was taken.</summary>
    public async Task<IReadOnlyList<HeldLease>> AcquireAsync(IReadOnlyCollection<string> names, CancellationToken ct)
    {
        var deadline = LeaseDeadline.FromNow(time, duration);
        var taken = (await leases.AcquireManyAsync(names, Node, duration, ct)).Select(lease => new HeldLease(lease, deadline)).ToList();
        foreach (var lease in taken)
            _held[lease.Name] = lease;
        return taken;
    }

    /// <summary>Renews all in one statement. Those that were lost meanwhile know it afterwards and are no longer part of the set.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        var held = _held.Values.ToList();
        var deadline = LeaseDeadline.FromNow(time, duration);
        var renewed = (await leases.RenewManyAsync([.. held.Select(lease => lease.Lease)], duration, ct))
            .Select(lease => lease.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var lease in held)
        {
            if (renewed.Contains(lease.Name))
                lease.Renewed(deadline);
            else
                Remove(lease);
        }
    }

    /// <summary>Gives leases back at once, in one statement, so that other nodes need not wait for their end. Those that were lost are skipped.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<HeldLease> released, CancellationToken ct)
    {
        var still = released.Where(lease => !lease.IsLost).ToList();
        // What is about to be released must not be acted upon, whether or not the statement gets through.
        foreach (var lease in released)
            Remove(lease);
        await leases.ReleaseManyAsync([.. still.Select(lease => lease.Lease)], ct);
    }

    private void Remove(HeldLease lease)
    {
        lease.Lose();
        _held.TryRemove(new KeyValuePair<string, HeldLease>(lease.Name, lease));
    }
}
