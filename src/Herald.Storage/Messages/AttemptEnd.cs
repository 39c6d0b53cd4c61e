using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>How one attempt in the journal ended.</summary>
internal sealed record class AttemptEnd(
    TenantId TenantId, MessageId MessageId, int Attempt, long Epoch, AttemptOutcome Outcome, int ErrorCode, DateTimeOffset EndTime)
{
    /// <summary>How long Meta took to answer; null when no request was made.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>For when the message was put off; null when it was not.</summary>
    public DateTimeOffset? RetryTime { get; init; }
}
