using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>How an attempt ended, and what follows for the message.</summary>
public sealed record class Settlement
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>The epoch under which it was claimed.</summary>
    public required long Epoch { get; init; }

    /// <summary>The attempt that ended.</summary>
    public required int Attempt { get; init; }

    /// <summary>How it ended; not Open.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Meta's id; set when accepted.</summary>
    public string? Wamid { get; init; }

    /// <summary>Meta's error code; 0 without one.</summary>
    public int ErrorCode { get; init; }

    /// <summary>What a person may read about the error, a stored <see cref="FailureText"/>; empty without one. No phone, token or message text.</summary>
    public string ErrorDetail { get; init; } = "";

    /// <summary>Accepted, Unknown, Failed, Suppressed, Expired, or Queued together with <see cref="RetryAt"/>.</summary>
    public required MessageState NextState { get; init; }

    /// <summary>Why, when <see cref="NextState"/> is Suppressed.</summary>
    public SuppressionReason SuppressionReason { get; init; }

    /// <summary>When to try again; set exactly when <see cref="NextState"/> is Queued.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>How long Meta took to answer; null when no request was made.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset Now { get; init; }
}
