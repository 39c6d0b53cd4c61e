using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>A tenant as stored.</summary>
public sealed record class TenantRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>What it is for; never changes.</summary>
    public required TenantKind Kind { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required TenantState State { get; init; }

    /// <summary>The name that people read.</summary>
    public required string DisplayName { get; init; }

    /// <summary>IANA time zone, such as "Europe/Berlin".</summary>
    public required string TimeZone { get; init; }

    /// <summary>ISO 3166 region for phones without a country code, such as "DE".</summary>
    public required string DefaultRegion { get; init; }

    /// <summary>BCP 47 language of owners and of confirmations, such as "de".</summary>
    public required string Language { get; init; }

    /// <summary>1 when inserted, one more with each update.</summary>
    public required long Version { get; init; }

    /// <summary>When it was inserted.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}
