namespace Herald.Domain.Contacts;

/// <summary>
/// The time in which a person gets no marketing because Meta withheld one message from them (code 131049). Trying again soon makes it worse, so
/// each wait is longer than the one before, a day and some hours first, and ends at another hour of the day.
/// </summary>
/// <param name="Since">When the first message of the present series was withheld.</param>
/// <param name="Count">How many were withheld since then; at least 1.</param>
/// <param name="Time">When the last one was withheld.</param>
/// <param name="Until">No marketing before this time.</param>
public sealed record MarketingHold(DateTimeOffset Since, int Count, DateTimeOffset Time, DateTimeOffset Until)
{
    /// <summary>How often a withheld message is tried again within <see cref="Period"/>.</summary>
    public const int RetriesMax = 3;

    /// <summary>The span of a series; what is withheld later begins a new one.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(7);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShiftMin = TimeSpan.FromHours(3);
    private static readonly TimeSpan ShiftSpread = TimeSpan.FromHours(4);

    /// <summary>Whether what was withheld may be tried again when the hold ends.</summary>
    public bool MayRetry => Count <= RetriesMax;

    /// <summary>The hold after another message was withheld; the present one if that is not news.</summary>
    /// <param name="present">The hold so far; null if nothing was ever withheld from this person.</param>
    /// <param name="time">When the message was withheld.</param>
    /// <param name="random">Spreads the ends.</param>
    public static MarketingHold After(MarketingHold? present, DateTimeOffset time, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (present is not null && time <= present.Time)
            return present;
        var goesOn = present is not null && time - present.Since < Period;
        var (since, count) = goesOn && present is not null ? (present.Since, present.Count + 1) : (time, 1);
        var shift = ShiftMin + TimeSpan.FromSeconds(random.Next((int)ShiftSpread.TotalSeconds));
        return new MarketingHold(since, count, time, time + (Day * Math.Min(count, RetriesMax)) + shift);
    }
}
