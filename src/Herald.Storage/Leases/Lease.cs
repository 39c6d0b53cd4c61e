namespace Herald.Storage.Leases;

/// <summary>The right of one node to work on one thing for a while.</summary>
public sealed record class Lease
{
    /// <summary>What is leased; see <see cref="LeaseNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The holder.</summary>
    public required string Node { get; init; }

    /// <summary>Grows each time the lease changes hands or is taken again after it ran out, so that an older holder can be told apart.</summary>
    public required long Epoch { get; init; }

    /// <summary>When it runs out, in the database's time.</summary>
    public required DateTimeOffset ExpireTime { get; init; }
}
