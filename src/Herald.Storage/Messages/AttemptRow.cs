namespace Herald.Storage.Messages;

/// <summary>One attempt to send a message, as journaled.</summary>
public sealed record class AttemptRow
{
    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>The node that made it.</summary>
    public required string Node { get; init; }

    /// <summary>The epoch of its lease on the sender.</summary>
    public required long Epoch { get; init; }

    /// <summary>When the message was claimed for it.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When its outcome was known; null while it is open.</summary>
    public required DateTimeOffset? EndTime { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Meta's code; 0 without one.</summary>
    public required int ErrorCode { get; init; }

    /// <summary>How long Meta took to answer; null when no request was made.</summary>
    public required int? LatencyMs { get; init; }

    /// <summary>For when the message was put off; null when it was not.</summary>
    public required DateTimeOffset? RetryTime { get; init; }

    /// <summary>When a status told that it will not arrive, so that the message was put off; null if none did.</summary>
    public DateTimeOffset? FailTime { get; init; }

    /// <summary>The code of that status.</summary>
    public int? FailCode { get; init; }
}
