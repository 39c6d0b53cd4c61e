using Herald.Domain;
using Herald.Domain.Messages;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Options;

namespace Herald.Grains.Failures;

/// <summary>Whether and when a message that failed goes again: bounded in number and in time, by what it is for.</summary>
internal sealed class FatePolicy(IOptions<FailureOptions> options, IRandomSource random)
{
    /// <summary>How long a message waits that could not go because its sender, template or campaign is stopped. They hold it longer.</summary>
    public static readonly TimeSpan WhileStopped = TimeSpan.FromMinutes(1);

    /// <summary>A one-time code that comes later than its attempts take is of no use any more.</summary>
    private const int AuthenticationAttemptsMax = 4;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    /// <summary>Meta asks for 4, 16, 64 … s, the lower half of which no jitter may take away.</summary>
    private static readonly TimeSpan PairRetry = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SpamRetry = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestSpamRetry = TimeSpan.FromHours(4);
    private static readonly TimeSpan LaterRetry = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestShutOut = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShutOutSpread = TimeSpan.FromMinutes(5);

    // States at Meta of which it says how long they last.
    private static readonly Dictionary<int, TimeSpan> Passing = new()
    {
        [133015] = TimeSpan.FromMinutes(5),
        [134101] = TimeSpan.FromMinutes(10),
    };

    /// <summary>Whether a refusal counts against a message of the class: it passes by itself, and nothing is stopped or held that would hold the message.</summary>
    public static bool IsBounded(Reaction reaction, MessageClass messageClass) =>
        reaction is Reaction.RetryWithBackoff or Reaction.SlowDownSender or Reaction.WaitForContact or Reaction.RetryLater
        || (reaction == Reaction.StopMarketing && messageClass != MessageClass.Marketing);

    /// <summary>For all reactions but the hold of a contact, whose time is the contact's.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="tries">How often the message was tried so far, this time included; what never led to a request is no try.</param>
    /// <param name="now">The present.</param>
    public Fate Decide(FailedSend failure, int tries, DateTimeOffset now)
    {
        var wait = AskedFor(failure);
        return failure.Error.Reaction switch
        {
            Reaction.UnknownOutcome => Fate.Unknown,
            Reaction.RetryWithBackoff or Reaction.SlowDownSender => Again(failure, tries, wait ?? Backoff(FirstRetry, 2, tries, LongestWait(failure.Class)), now),
            Reaction.WaitForContact => Again(failure, tries, Backoff(PairRetry, 4, tries, LongestWait(failure.Class)), now),
            Reaction.RetryLater => Again(failure, tries, wait ?? Jittered(Passing.GetValueOrDefault(failure.Code, LaterRetry)), now),
            // There is no campaign that could be paused and go on later: nothing but the message itself is left to end this.
            Reaction.PauseTemplate when failure.Campaign is null => Fate.Fail,
            // A one-time code that came after such a wait would be of no use.
            Reaction.StopMarketing when failure.Class == MessageClass.Authentication => Fate.Fail,
            // Nothing but marketing is stopped, so what else the number may not send comes again; seldom, since each try makes it worse.
            Reaction.StopMarketing when failure.Class != MessageClass.Marketing =>
                Again(failure, tries, Backoff(SpamRetry, 2, tries, failure.Class == MessageClass.Reply ? SpamRetry : LongestSpamRetry), now),
            // What stops the sender or the campaign keeps the message for when it goes on; it is not the message's fault.
            Reaction.PauseTemplate or Reaction.StopMarketing or Reaction.PauseSender or Reaction.PauseTenant or Reaction.DisconnectToken or Reaction.LockAccount =>
                Fate.Retry(now + WhileStopped),
            _ => Fate.Fail,
        };
    }

    private Fate Again(FailedSend failure, int tries, TimeSpan wait, DateTimeOffset now) =>
        tries >= AttemptsMax(failure.Class) ? Fate.Fail : Fate.Retry(now + wait);

    private int AttemptsMax(MessageClass messageClass) => messageClass == MessageClass.Authentication
        ? Math.Min(options.Value.AttemptsMax, AuthenticationAttemptsMax)
        : options.Value.AttemptsMax;

    private static TimeSpan LongestWait(MessageClass messageClass) => messageClass switch
    {
        MessageClass.Authentication => TimeSpan.FromSeconds(30),
        MessageClass.Reply => TimeSpan.FromMinutes(2),
        _ => TimeSpan.FromMinutes(5),
    };

    /// <summary>Exponential with jitter in its upper half, so that many retries do not come back together.</summary>
    // In milliseconds, which may be infinite, unlike a span.
    private TimeSpan Backoff(TimeSpan first, double factor, int tries, TimeSpan longest) => Jittered(TimeSpan.FromMilliseconds(
        Math.Min(first.TotalMilliseconds * Math.Pow(factor, tries - 1), longest.TotalMilliseconds)));

    /// <summary>What Meta asks for, up to twice that, so that those who were refused together do not come back together; bounded like every wait, but for a shut-out.</summary>
    private TimeSpan? AskedFor(FailedSend failure)
    {
        if (failure.RetryAfter is not { } wait)
            return null;
        var longest = LongestWait(failure.Class);
        if (wait > longest && IsShutOut(failure))
            return (wait < LongestShutOut ? wait : LongestShutOut) + Jittered(ShutOutSpread);
        if (wait > longest)
            return Jittered(longest);
        var spread = wait < longest - wait ? wait : longest - wait;
        return wait + TimeSpan.FromMilliseconds(random.Next((int)spread.TotalMilliseconds + 1));
    }

    /// <summary>
    /// Meta takes no calls of the account, the token or the app before the time it tells. To try sooner would use up the tries of messages that nothing is
    /// wrong with. A one-time code is of no use by then and fails soon instead.
    /// </summary>
    private static bool IsShutOut(FailedSend failure) => failure.Class != MessageClass.Authentication
        && failure.Error is { Reaction: Reaction.RetryWithBackoff, Scope: ErrorScope.Account or ErrorScope.Token or ErrorScope.App };

    private TimeSpan Jittered(TimeSpan wait) =>
        TimeSpan.FromMilliseconds((wait.TotalMilliseconds / 2) + random.Next((int)(wait.TotalMilliseconds / 2) + 1));
}
