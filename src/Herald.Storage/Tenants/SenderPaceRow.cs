using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>How fast a sender may go just now, as its owner last wrote it.</summary>
public sealed record class SenderPaceRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The sender.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>The epoch of the owner's lease on the sender.</summary>
    public required long Epoch { get; init; }

    /// <summary>Messages a second.</summary>
    public required double Rate { get; init; }

    /// <summary>Nothing leaves before this time; null when it does.</summary>
    public required DateTimeOffset? HoldTime { get; init; }

    /// <summary>What was borrowed from the pair limit: a JSON object of contact ids and times, in microseconds, at which all is paid.</summary>
    public required string Pairs { get; init; }

    /// <summary>When the sender's level was last read from Meta.</summary>
    public required DateTimeOffset LevelTime { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}
