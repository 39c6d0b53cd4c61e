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

    /// <summary>
    /// When what it pauses for happened, at the latest: a running campaign that was changed later, resumed for example, is left alone. Null pauses it
    /// whenever that was.
    /// </summary>
    [Id(1)]
    public DateTimeOffset? Happened { get; init; }
}
