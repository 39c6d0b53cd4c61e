namespace Herald.Storage.Leases;

/// <summary>
/// Holds one named lease for this node. <see cref="IsHeld"/> is judged by this node's own clocks from before the last renewal was asked
/// for, less a margin, so that a node that was suspended finds out before it acts and never believes longer than the database does.
/// </summary>
public sealed class LeaseHolder
{
    private readonly ILeaseStore _leases;
    private readonly TimeProvider _time;
    private readonly TimeSpan _duration;
    private volatile Held? _held;

    /// <summary>Makes a holder that holds nothing yet.</summary>
    /// <param name="leases">Where leases stand.</param>
    /// <param name="time">This node's clocks.</param>
    /// <param name="name">The lease, for example <c>inbox</c>.</param>
    /// <param name="node">This node.</param>
    /// <param name="duration">How long the lease lasts without a renewal.</param>
    public LeaseHolder(ILeaseStore leases, TimeProvider time, string name, string node, TimeSpan duration)
    {
        _leases = leases;
        _time = time;
        _duration = duration;
        Name = name;
        Node = node;
    }

    /// <summary>The lease's name.</summary>
    public string Name { get; }

    /// <summary>This node.</summary>
    public string Node { get; }

    /// <summary>The epoch of the held lease; 0 when none was ever held.</summary>
    public long Epoch => _held?.Lease.Epoch ?? 0;

    /// <summary>Whether the lease is surely held now.</summary>
    public bool IsHeld => _held is { } held && !held.Deadline.IsOver;

    /// <summary>Takes the lease if it is free, or renews it if it is ours.</summary>
    /// <returns>Whether it is held. A lease that was lost in between comes back with another <see cref="Epoch"/>.</returns>
    public async Task<bool> TryHoldAsync(CancellationToken ct)
    {
        var deadline = LeaseDeadline.FromNow(_time, _duration);
        var lease = await _leases.AcquireAsync(Name, Node, _duration, ct);
        _held = lease is null ? null : new Held(lease, deadline);
        return lease is not null;
    }

    /// <summary>Gives the lease back at once, so that another node need not wait for its end.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _held, null) is { } held)
            await _leases.ReleaseAsync(held.Lease, ct);
    }

    private sealed record Held(Lease Lease, LeaseDeadline Deadline);
}
