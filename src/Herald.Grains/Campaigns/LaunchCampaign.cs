using Orleans;

namespace Herald.Grains.Campaigns;

/// <summary>Asks a campaign to start.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Campaigns.LaunchCampaign")]
public sealed record LaunchCampaign : CampaignCommand
{
    /// <summary>When to start; null means now.</summary>
    [Id(0)]
    public DateTimeOffset? ScheduleTime { get; init; }
}
