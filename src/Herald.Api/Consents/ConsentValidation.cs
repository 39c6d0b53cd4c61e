using Herald.Api.Errors;

namespace Herald.Api.Consents;

/// <summary>The rules of consent that the API and imported files share.</summary>
internal static class ConsentValidation
{
    public const int WordingMax = 2_000;
    public const int OriginMax = 500;
    public const int PolicyVersionMax = 100;

    /// <summary>How far ahead of Herald's clock a caller's may be.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);

    /// <summary>No consent on WhatsApp is older than WhatsApp.</summary>
    private static readonly DateTimeOffset Earliest = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a person can have decided at a time.</summary>
    public static bool IsEventTime(DateTimeOffset time, DateTimeOffset now) => time >= Earliest && time <= now + AheadMax;

    /// <summary>A time at which a person decided.</summary>
    public static void EventTime(this Violations violations, string field, DateTimeOffset time, DateTimeOffset now)
    {
        if (!IsEventTime(time, now))
            violations.Add(field, Rules.OutOfRange, "It is not before 2009 and not more than 5 minutes ahead.");
    }
}
