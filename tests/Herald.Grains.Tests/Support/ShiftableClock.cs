namespace Herald.Testing.Nodes;

/// <summary>The system's clock, which a test can put forward. Timers run in real time.</summary>
internal sealed class ShiftableClock : TimeProvider
{
    private long _shiftTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Shift.Ticks;

    public void PutForward(TimeSpan span) => Interlocked.Add(ref _shiftTicks, span.Ticks);

    private TimeSpan Shift => TimeSpan.FromTicks(Interlocked.Read(ref _shiftTicks));
}
