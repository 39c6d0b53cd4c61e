namespace Herald.Simulation.Clockwork;

/// <summary>The clock as one node sees it: its wall clock may be off, its time stamps are true, its timers fire on its lane.</summary>
internal sealed class LaneClock(SimClock clock, Lane lane) : TimeProvider
{
    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => clock.Now + Skew;

    public override long GetTimestamp() => clock.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(lane, callback, state, dueTime, period);
}
