namespace Herald.Simulator;

/// <summary>
/// Runs actions at given times, one after another, in the order of their times and then of their scheduling. One timer serves any
/// number of them. Actions must be short and must not throw.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    private const double WaitMaxMs = 24 * 3600 * 1000.0;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action, (long DueTicks, long Order)> _queue = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _order;
    private long _armedForTicks = long.MaxValue;
    private bool _running;
    private bool _disposed;

    public Scheduler(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((Scheduler)state!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many actions wait or run.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count + (_running ? 1 : 0);
            }
        }
    }

    public void At(DateTimeOffset due, Action action)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _queue.Enqueue(action, (due.UtcTicks, _order++));
            if (!_running && due.UtcTicks < _armedForTicks)
            {
                Arm();
            }
        }
    }

    public void After(TimeSpan delay, Action action) => At(_time.GetUtcNow() + delay, action);

    /// <summary>Forgets all waiting actions.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _queue.Clear();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _queue.Clear();
        }

        _timer.Dispose();
    }

    private void RunDue()
    {
        lock (_gate)
        {
            if (_running || _disposed)
            {
                return;
            }

            _running = true;
            _armedForTicks = long.MaxValue;
        }

        while (TakeDue() is { } action)
        {
            action();
        }
    }

    private Action? TakeDue()
    {
        lock (_gate)
        {
            if (!_disposed && _queue.TryPeek(out _, out var next) && next.DueTicks <= _time.GetUtcNow().UtcTicks)
            {
                return _queue.Dequeue();
            }

            _running = false;
            Arm();
            return null;
        }
    }

    private void Arm()
    {
        if (_disposed || !_queue.TryPeek(out _, out var next))
        {
            return;
        }

        _armedForTicks = next.DueTicks;
        // Timers count whole milliseconds and not more than some weeks: rounding up avoids a spin, an early ring arms again.
        var waitMs = Math.Ceiling((next.DueTicks - _time.GetUtcNow().UtcTicks) / (double)TimeSpan.TicksPerMillisecond);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(waitMs, 0, WaitMaxMs)), Timeout.InfiniteTimeSpan);
    }
}
