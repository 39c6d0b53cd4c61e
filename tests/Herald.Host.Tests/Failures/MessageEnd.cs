namespace Herald.Host.Tests.Failures;

/// <summary>Where a message stands after Meta refused it again and again with the same code.</summary>
public enum MessageEnd
{
    /// <summary>Failed after its first attempt.</summary>
    Failed,

    /// <summary>Was tried a second time within seconds, and failed for good.</summary>
    FailedAfterARetry,

    /// <summary>Waits for minutes.</summary>
    WaitsForMinutes,

    /// <summary>Waits until this person may get a message again.</summary>
    WaitsForItsTurn,

    /// <summary>Waits for a day and more.</summary>
    WaitsForADay,

    /// <summary>Waits in a campaign that is paused.</summary>
    WaitsWithItsCampaign,

    /// <summary>Nobody knows whether it was sent.</summary>
    Unknown,
}
