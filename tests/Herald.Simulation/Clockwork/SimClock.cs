namespace Herald.Simulation.Clockwork;

/// <summary>The one true time of a run. It moves only when the machine moves it; timers fire in the order of their due times.</summary>
internal sealed class SimClock
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Arming, (long Due, long Number)> _timers = new();
    private long _number;

    /// <summary>Ticks of 100 ns since the run began.</summary>
    public long Ticks { get; private set; }

    public DateTimeOffset Now => Start.AddTicks(Ticks);

    public TimeSpan Elapsed => TimeSpan.FromTicks(Ticks);

    public void Advance(TimeSpan span)
    {
        var target = Ticks + span.Ticks;
        while (_timers.TryPeek(out _, out var next) && next.Due <= target)
            FireNext();
        Ticks = target;
    }

    public bool AdvanceToNextTimer()
    {
        while (_timers.TryPeek(out var arming, out _))
        {
            if (arming.IsLive)
            {
                FireNext();
                return true;
            }
            _timers.Dequeue();
        }
        return false;
    }

    public ITimer CreateTimer(Lane lane, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(this, lane, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void FireNext()
    {
        var arming = _timers.Dequeue();
        if (!arming.IsLive)
            return;
        Ticks = Math.Max(Ticks, arming.Due);
        arming.Timer.Fire();
    }

    private readonly record struct Arming(SimTimer Timer, int Version, long Due)
    {
        public bool IsLive => Timer.Version == Version && !Timer.Lane.IsDead;
    }

    private sealed class SimTimer(SimClock clock, Lane lane, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public Lane Lane => lane;

        /// <summary>Grows with every change, so that older armings are void.</summary>
        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Version++;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                Arm(dueTime);
            return true;
        }

        /// <summary>What follows runs on the node's lane in its turn, as it would on a thread of its own.</summary>
        public void Fire()
        {
            Version++;
            if (_period > TimeSpan.Zero)
                Arm(_period);
            lane.Post(() => callback(state));
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan dueTime)
        {
            var due = clock.Ticks + Math.Max(0, dueTime.Ticks);
            clock._timers.Enqueue(new Arming(this, Version, due), (due, clock._number++));
        }
    }
}
