namespace Herald.Domain.Campaigns;

/// <summary>What moves a campaign.</summary>
internal enum CampaignTrigger
{
    /// <summary>A start time was set.</summary>
    Schedule = 1,

    /// <summary>A person launched it, or its start time came.</summary>
    Launch = 2,

    /// <summary>The first batch of the audience is frozen.</summary>
    Prepared = 3,

    /// <summary>A person or a guard pauses it.</summary>
    Pause = 4,

    /// <summary>A person resumes it, or what paused it is lifted.</summary>
    Resume = 5,

    /// <summary>Every message has ended.</summary>
    Complete = 6,

    /// <summary>A person ends it.</summary>
    Cancel = 7,

    /// <summary>It cannot be carried out.</summary>
    Fail = 8,

    /// <summary>After all had ended, one of its messages turned out to need another attempt.</summary>
    Reopen = 9,
}
