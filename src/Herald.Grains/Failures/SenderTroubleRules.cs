using Herald.Domain.Senders;
using Herald.WhatsApp.Errors;

namespace Herald.Grains.Failures;

/// <summary>Whether and when a stopped sender is looked at again.</summary>
internal static class SenderTroubleRules
{
    /// <summary>A sender over its throughput is Throttled for so long after the last sign of it.</summary>
    public static readonly TimeSpan ThrottleTime = TimeSpan.FromMinutes(1);

    /// <summary>A sender that is stopped again within this time after it came back waits longer than the time before.</summary>
    public static readonly TimeSpan Relapse = TimeSpan.FromDays(1);

    private static readonly TimeSpan SpamWait = TimeSpan.FromHours(4);
    private static readonly TimeSpan NumberWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan TenantWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>How long until the first look; null for what no look can end: a person must act, and Meta or a new connection tells.</summary>
    public static TimeSpan? FirstWait(MetaError error) => error.Reaction switch
    {
        Reaction.SlowDownSender => ThrottleTime,
        Reaction.StopMarketing => SpamWait,
        Reaction.PauseSender => NumberWait,
        Reaction.PauseTenant => TenantWait,
        _ => null,
    };

    /// <summary>The wait after so many stops and looks in a row; doubles up to a day, or stays what Meta says if that is longer.</summary>
    public static TimeSpan Wait(TimeSpan first, int count)
    {
        var longest = first > LongestWait ? first : LongestWait;
        var wait = first * Math.Pow(2, Math.Min(count, 10));
        return wait < longest ? wait : longest;
    }

    /// <summary>What a reaction does to the senders in its reach; null when nothing.</summary>
    public static SenderTrigger? TriggerOf(Reaction reaction) => reaction switch
    {
        Reaction.SlowDownSender or Reaction.StopMarketing => SenderTrigger.Throttle,
        Reaction.PauseSender or Reaction.PauseTenant or Reaction.LockAccount => SenderTrigger.Restrict,
        Reaction.DisconnectToken => SenderTrigger.Disconnect,
        _ => null,
    };
}
