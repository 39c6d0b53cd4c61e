namespace Herald.Storage;

/// <summary>The bounds of a <see cref="GroupCommitWriter{TItem}"/>.</summary>
public sealed class GroupCommitOptions
{
    /// <summary>Default of <see cref="BatchSizeMax"/>.</summary>
    public const int DefaultBatchSizeMax = 500;

    /// <summary>Default of <see cref="QueueMax"/>.</summary>
    public const int DefaultQueueMax = 10_000;

    /// <summary>Most items in one commit, at least 1; default 500.</summary>
    public int BatchSizeMax { get; init; } = DefaultBatchSizeMax;

    /// <summary>
    /// How long a batch that is not full waits for more items, while items come one upon the other; default 2 ms. An item that comes alone never
    /// waits. Zero: a batch is whatever came during the commit before.
    /// </summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Most items that wait; further callers wait for room. At least 1; default 10,000.</summary>
    public int QueueMax { get; init; } = DefaultQueueMax;
}
