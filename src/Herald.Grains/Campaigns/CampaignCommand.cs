using Orleans;

namespace Herald.Grains.Campaigns;

/// <summary>Who asks a campaign for something, and under which conditions.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Campaigns.CampaignCommand")]
public record CampaignCommand
{
    /// <summary>Who asks, as written into the audit: <c>key:…</c>, <c>owner:…</c> or <c>herald</c>.</summary>
    [Id(0)]
    public required string Actor { get; init; }

    /// <summary>The caller's request id; empty when the caller has none.</summary>
    [Id(1)]
    public string RequestId { get; init; } = "";

    /// <summary>The version the caller saw; null asks for no check.</summary>
    [Id(2)]
    public long? Version { get; init; }

    /// <summary>Why, for the audit and the owner; may be empty.</summary>
    [Id(3)]
    public string Detail { get; init; } = "";
}
