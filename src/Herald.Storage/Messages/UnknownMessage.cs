using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>A message of which nobody knows whether it was sent.</summary>
public sealed record class UnknownMessage
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>What it is for.</summary>
    public required MessageClass Class { get; init; }

    /// <summary>When it becomes too late to send it; null if never.</summary>
    public required DateTimeOffset? ExpireTime { get; init; }

    /// <summary>How many of its attempts had an outcome that nobody knows; at least 1.</summary>
    public required int UnknownAttempts { get; init; }
}
