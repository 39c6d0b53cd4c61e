using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>A sender with something to claim.</summary>
public sealed record class SenderDue
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The sender.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>When the first of it is due.</summary>
    public required DateTimeOffset DueTime { get; init; }
}
