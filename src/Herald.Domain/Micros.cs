namespace Herald.Domain;

/// <summary>Times as stored: whole microseconds since 1970-01-01 00:00 UTC. Finer parts are cut off towards the past.</summary>
public static class Micros
{
    /// <summary>Microseconds in one second.</summary>
    public const long PerSecond = 1_000_000;

    private const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;

    /// <summary>The stored form of a time; negative before 1970.</summary>
    public static long FromTime(DateTimeOffset time)
    {
        var (micros, rest) = Math.DivRem(time.UtcTicks - DateTime.UnixEpoch.Ticks, TicksPerMicro);
        return rest < 0 ? micros - 1 : micros;
    }

    /// <summary>The stored form of a span, cut off towards zero.</summary>
    public static long FromSpan(TimeSpan span) => span.Ticks / TicksPerMicro;

    /// <summary>The time of a stored value, with offset zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside the years 1 to 9999.</exception>
    public static DateTimeOffset ToTime(long micros)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(micros, (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicro);
        ArgumentOutOfRangeException.ThrowIfLessThan(micros, -DateTime.UnixEpoch.Ticks / TicksPerMicro);
        return new DateTimeOffset(DateTime.UnixEpoch.Ticks + (micros * TicksPerMicro), TimeSpan.Zero);
    }

    /// <summary>The time as storage will give it back, so that memory and storage hold the same.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) => ToTime(FromTime(time));

    /// <summary>The present time in its stored form.</summary>
    public static long Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return FromTime(time.GetUtcNow());
    }
}
