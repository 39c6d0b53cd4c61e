using Orleans;

namespace Herald.Grains.Campaigns;

/// <summary>Asks a campaign to pause.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Campaigns.PauseCampaign")]
public sealed record PauseCampaign : CampaignCommand
{
    /// <summary>What caused the pause: the number of a <see cref="Domain.Campaigns.PauseCause"/>.</summary>
    [Id(0)]
    public required int Cause { get; init; }
}
