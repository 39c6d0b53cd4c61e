namespace Herald.Simulator.Tests;

/// <summary>A clock that moves only by hand; timers ring on the thread that moves it.</summary>
internal sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<HandTimer> _timers = [];
    private readonly List<(DateTimeOffset Due, TaskCompletionSource Set)> _waiters = [];
    private DateTimeOffset _now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until a timer is set to ring that long from now.</summary>
    public async Task TimerSetAsync(TimeSpan fromNow)
    {
        Task set;
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.Due == _now + fromNow))
            {
                return;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((_now + fromNow, waiter));
            set = waiter.Task;
        }

        await set.WaitAsync(WebhookReceiver.Limit);
    }

    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (Next(end) is { } timer)
        {
            timer.Ring();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    private HandTimer? Next(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _now = next.Due > _now ? next.Due : _now;
                _timers.Remove(next);
            }

            return next;
        }
    }

    private sealed class HandTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                    foreach (var waiter in clock._waiters.FindAll(candidate => candidate.Due == Due))
                    {
                        clock._waiters.Remove(waiter);
                        waiter.Set.TrySetResult();
                    }
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
