using Herald.WhatsApp;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;

namespace Herald.Delivery.Senders;

/// <summary>
/// What the end of a request says about how fast its sender may go, by the row that the table of errors has for it. What it means for the message and
/// around it is the reactions' business.
/// </summary>
internal static class PaceFeedback
{
    private const int TooManyRequests = 429;
    private const int ServerErrors = 500;

    /// <summary>A third of the longest time that raising a throughput takes: it is looked at again twice before it must be over.</summary>
    private static readonly TimeSpan MaintenanceHold = TimeSpan.FromSeconds(20);

    /// <summary>A shorter one is over before a hold would be worth what it costs: the few messages it begins with, and the way back to the full rate.</summary>
    private static readonly TimeSpan ShutOutLeast = TimeSpan.FromSeconds(30);

    /// <summary>What was heeded; slowing down and holding still are done here.</summary>
    /// <param name="result">How the request ended.</param>
    /// <param name="askedAt">Time stamp of the request.</param>
    /// <param name="latency">How long it took.</param>
    /// <param name="pace">The sender's pace.</param>
    public static PaceSign Read(SendResult result, long askedAt, TimeSpan latency, Pace pace) => result switch
    {
        // Ended by this node itself: that says nothing of Meta.
        SendResult.NotSent { Kind: NotSentKind.Withheld or NotSentKind.Cancelled or NotSentKind.OverBudget }
            or SendResult.Unknown { Kind: UnknownKind.Cancelled } => PaceSign.None,
        SendResult.Refused { Failure: { Reaction: Reaction.UnknownOutcome } failure } when IsOfMessage(failure) => ReadFailureOfMessage(failure, askedAt, pace),
        SendResult.NotSent or SendResult.Unknown or SendResult.Refused { Failure.Reaction: Reaction.UnknownOutcome } =>
            pace.CountLoss(askedAt) ? PaceSign.Outage : PaceSign.None,
        _ => ReadAnswer(result, askedAt, latency, pace),
    };

    /// <summary>Meta read the request and says in its own words that this message failed: what other messages meet is another matter.</summary>
    private static bool IsOfMessage(MetaFailure failure) => failure is { Code: not null, Error.Scope: ErrorScope.Message };

    private static PaceSign ReadFailureOfMessage(MetaFailure failure, long askedAt, Pace pace)
    {
        // What Meta lays to the request says that it works.
        if (failure.HttpStatus < ServerErrors)
            return pace.CountAnswer(askedAt) ? PaceSign.OutageOver : PaceSign.None;
        return pace.CountFailureOfMessage(askedAt) ? PaceSign.Outage : PaceSign.None;
    }

    private static PaceSign ReadAnswer(SendResult result, long askedAt, TimeSpan latency, Pace pace)
    {
        var otherwise = pace.CountAnswer(askedAt) ? PaceSign.OutageOver : PaceSign.None;
        if (result is not SendResult.Refused { Failure: var failure })
            return pace.CountLatency(latency) ? PaceSign.SlowDown : otherwise;
        switch (failure.Error)
        {
            case { Reaction: Reaction.WaitForContact }:
                return PaceSign.PairLimit;
            case { Reaction: Reaction.RetryLater, Scope: ErrorScope.Sender }:
                pace.HoldFor(MaintenanceHold);
                pace.IsLevelDoubtful = true;
                return PaceSign.Maintenance;
            case { Reaction: Reaction.RetryWithBackoff, Scope: ErrorScope.Account or ErrorScope.Token or ErrorScope.App } when failure.RetryAfter > ShutOutLeast:
                var isNews = pace.HeldUntil is null;
                pace.HoldFor(failure.RetryAfter.Value < Pace.HoldMax ? failure.RetryAfter.Value : Pace.HoldMax);
                return isNews ? PaceSign.SlowDown : otherwise;
            case { Reaction: Reaction.SlowDownSender or Reaction.StopMarketing }:
            case { Reaction: Reaction.RetryWithBackoff, Scope: not ErrorScope.Message }:
            case var _ when failure.HttpStatus == TooManyRequests:
                return pace.SlowDown() ? PaceSign.SlowDown : otherwise;
            default:
                return otherwise;
        }
    }
}
