namespace Herald.Storage.Leases;

/// <summary>One lease of a <see cref="LeaseSet"/>, under one epoch. Safe from any thread.</summary>
public sealed class HeldLease
{
    private volatile Standing? _standing;

    internal HeldLease(Lease lease, LeaseDeadline deadline)
    {
        Lease = lease;
        _standing = new Standing(deadline);
    }

    /// <summary>The lease as it was taken; its time to end has been moved on since.</summary>
    public Lease Lease { get; }

    /// <summary>The lease's name.</summary>
    public string Name => Lease.Name;

    /// <summary>This node.</summary>
    public string Node => Lease.Node;

    /// <summary>The epoch, for as long as this object lives; taken anew it is another object.</summary>
    public long Epoch => Lease.Epoch;

    /// <summary>
    /// Whether the lease is surely held now. False for good once the database said that it is lost; false for a while when renewals did not
    /// get through, or when this process was stopped, until the next one does.
    /// </summary>
    public bool IsHeld => _standing is { } standing && !standing.Deadline.IsOver;

    /// <summary>The database said that another node has it, or it was released.</summary>
    public bool IsLost => _standing is null;

    internal void Renewed(LeaseDeadline deadline)
    {
        if (_standing is not null)
            _standing = new Standing(deadline);
    }

    internal void Lose() => _standing = null;

    private sealed record Standing(LeaseDeadline Deadline);
}
