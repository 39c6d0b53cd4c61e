namespace Herald.Simulator;

/// <summary>What will become of one message. Drawn from the seed, the person and the ordinal of the message alone.</summary>
internal readonly record struct Fate
{
    /// <summary>Code of the failure; null if it does not fail.</summary>
    public int? FailureCode { get; init; }

    public bool FailsAfterSent { get; init; }

    public bool Delivers { get; init; }

    public bool Reads { get; init; }

    public ReplyRule? Reply { get; init; }

    public bool Reorders { get; init; }

    public TimeSpan ToSent { get; init; }

    public TimeSpan ToDelivered { get; init; }

    public TimeSpan ToRead { get; init; }

    public TimeSpan ToReply { get; init; }
}
