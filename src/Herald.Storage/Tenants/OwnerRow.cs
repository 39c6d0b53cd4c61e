using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>A person who may control a tenant from WhatsApp, as stored.</summary>
public sealed record class OwnerRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The owner.</summary>
    public required OwnerId OwnerId { get; init; }

    /// <summary>The phone, E.164 digits without plus.</summary>
    public required string Phone { get; init; }

    /// <summary>What the owner may do.</summary>
    public required OwnerRole Role { get; init; }

    /// <summary>BCP 47 language of the chat.</summary>
    public required string Language { get; init; }

    /// <summary>When the phone was linked, or linked again.</summary>
    public required DateTimeOffset LinkTime { get; init; }

    /// <summary>When the owner was removed; null while linked.</summary>
    public required DateTimeOffset? RemoveTime { get; init; }
}
