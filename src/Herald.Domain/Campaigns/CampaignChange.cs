namespace Herald.Domain.Campaigns;

/// <summary>What to write to a campaign's row. A time that is null stays as it is.</summary>
/// <param name="From">The state that the decision was made on; the write must repeat it as a condition.</param>
/// <param name="State">The new state.</param>
/// <param name="PauseCause">Who or what paused it; None unless the new state is Paused.</param>
/// <param name="PauseActor">Who paused it, as the audit names them; empty unless paused.</param>
/// <param name="StateDetail">Why it is in its state, for people; may be empty.</param>
/// <param name="ScheduleTime">When it shall start.</param>
/// <param name="LaunchTime">When it was launched.</param>
/// <param name="StartTime">When it began to run.</param>
/// <param name="EndTime">When it ended; set exactly if the new state is final.</param>
public sealed record CampaignChange(
    CampaignState From,
    CampaignState State,
    PauseCause PauseCause,
    string PauseActor,
    string StateDetail,
    DateTimeOffset? ScheduleTime,
    DateTimeOffset? LaunchTime,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime);
