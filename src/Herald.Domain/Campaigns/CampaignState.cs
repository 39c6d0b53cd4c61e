namespace Herald.Domain.Campaigns;

/// <summary>Where a campaign is in its life; see CampaignLifecycle for the moves.</summary>
public enum CampaignState
{
    /// <summary>Being written.</summary>
    Draft = 1,

    /// <summary>Will be launched at its start time.</summary>
    Scheduled = 2,

    /// <summary>The audience is being frozen into messages; nothing is sent yet.</summary>
    Preparing = 3,

    /// <summary>Messages are being sent.</summary>
    Running = 4,

    /// <summary>Nothing is sent until it is resumed; the cause is kept beside it.</summary>
    Paused = 5,

    /// <summary>Every message has ended.</summary>
    Completed = 6,

    /// <summary>Ended by a person before all was sent.</summary>
    Cancelled = 7,

    /// <summary>Ended because it cannot be carried out.</summary>
    Failed = 8,
}
