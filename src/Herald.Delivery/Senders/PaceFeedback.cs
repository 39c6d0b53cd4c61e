using Herald.WhatsApp.Messages;

namespace Herald.Delivery.Senders;

/// <summary>What an answer of Meta's says about how fast its sender may go. What it means for the message and around it is the reactions' business.</summary>
internal static class PaceFeedback
{
    private const int TooManyRequests = 429;
    private const int PairLimitCode = 131056;

    /// <summary>The calls of the app, 4; of the account, 80007 and 80008; of the token's user, 17; a custom limit, 613; throughput, 130429.</summary>
    private static readonly int[] LimitCodes = [4, 17, 613, 80007, 80008, 130429];

    /// <summary>The number is in maintenance: 131057 while its throughput is raised, which takes up to a minute; 2494100 otherwise.</summary>
    private static readonly int[] MaintenanceCodes = [131057, 2494100];

    /// <summary>A third of the longest outage: it is looked at again twice before it must be over.</summary>
    private static readonly TimeSpan MaintenanceHold = TimeSpan.FromSeconds(20);

    /// <summary>What the answer says; slowing down and holding still are done here.</summary>
    public static PaceSign Read(SendResult result, TimeSpan latency, Pace pace)
    {
        if (result is not SendResult.Refused { Failure: var failure })
            return result is SendResult.Accepted && pace.CountLatency(latency) ? PaceSign.SlowDown : PaceSign.None;
        if (failure.Code == PairLimitCode)
            return PaceSign.PairLimit;
        if (failure.Code is { } code && MaintenanceCodes.Contains(code))
        {
            pace.HoldFor(MaintenanceHold);
            return PaceSign.Maintenance;
        }
        if (!(failure.Code is { } limit && LimitCodes.Contains(limit)) && failure.HttpStatus != TooManyRequests)
            return PaceSign.None;
        pace.SlowDown();
        return PaceSign.SlowDown;
    }
}
