namespace Herald.Host.Tests.Failures;

/// <summary>Where a message stands after Meta refused it again and again with the same code.</summary>
public enum MessageEnd
{
    /// <summary>Failed after its first attempt.</summary>
    Failed,

    /// <summary>Was tried a second time within seconds, and failed for good.</summary>
    FailedAfterARetry,

    /// <summary>Was tried a second time when this person could get a message again, and failed for good.</summary>
    FailedAfterItsTurn,

    /// <summary>Was put off for minutes, and is tried again then.</summary>
    WaitsForMinutes,

    /// <summary>Waits for a day and more.</summary>
    WaitsForADay,

    /// <summary>Waits in a campaign that is paused.</summary>
    WaitsWithItsCampaign,

    /// <summary>Nobody knows whether it was sent.</summary>
    Unknown,
}
