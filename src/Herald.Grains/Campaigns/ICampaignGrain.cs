using Orleans;

namespace Herald.Grains.Campaigns;

/// <summary>
/// The one writer of a campaign's life. Key: <see cref="GrainKeys.Campaign"/>. Every method answers
/// <see cref="ChangeOutcome.NotFound"/> when the tenant has no such campaign.
/// </summary>
[Alias("Herald.Grains.Campaigns.ICampaignGrain")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Launches a draft now, or schedules it. Repeating the same request id gives the first answer again.</summary>
    [Alias("Launch")]
    Task<ChangeResult> Launch(LaunchCampaign command);

    /// <summary>Stops claiming messages until it is resumed. What is in flight is still settled.</summary>
    [Alias("Pause")]
    Task<ChangeResult> Pause(PauseCampaign command);

    /// <summary>
    /// Pauses a running campaign whose template or sender can't be used, with that as its cause; refused while both can. What it was paused for lifts it.
    /// </summary>
    [Alias("Halt")]
    Task<ChangeResult> Halt();

    /// <summary>Goes on after a pause, whatever caused it, if template and sender can be used again.</summary>
    [Alias("Resume")]
    Task<ChangeResult> Resume(CampaignCommand command);

    /// <summary>Goes on after a pause of Herald's own, because what it was for is over: only if it is paused for that and nothing else.</summary>
    /// <param name="cause">The number of a <see cref="Domain.Campaigns.PauseCause"/> that is over.</param>
    [Alias("Lift")]
    Task<ChangeResult> Lift(int cause);

    /// <summary>Ends the campaign for good; queued messages become cancelled, sent ones keep their life.</summary>
    [Alias("Cancel")]
    Task<ChangeResult> Cancel(CampaignCommand command);

    /// <summary>Turns a scheduled campaign whose time has come into one that is being prepared.</summary>
    [Alias("StartPreparing")]
    Task<ChangeResult> StartPreparing();

    /// <summary>Notes that the first batch of messages is queued: the campaign runs.</summary>
    [Alias("MarkRunning")]
    Task<ChangeResult> MarkRunning();

    /// <summary>Ends the campaign as failed, with the reason for the owner.</summary>
    [Alias("Fail")]
    Task<ChangeResult> Fail(CampaignCommand command);
}
