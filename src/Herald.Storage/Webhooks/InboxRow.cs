namespace Herald.Storage.Webhooks;

/// <summary>A stored webhook delivery.</summary>
public sealed record class InboxRow
{
    /// <summary>The delivery.</summary>
    public required Guid Id { get; init; }

    /// <summary>The raw body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required InboxState State { get; init; }

    /// <summary>How often processing failed.</summary>
    public required int Attempts { get; init; }

    /// <summary>What the last failure was; empty without one.</summary>
    public required string Error { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceiveTime { get; init; }

    /// <summary>Not to be processed before this time.</summary>
    public required DateTimeOffset NextTime { get; init; }
}
