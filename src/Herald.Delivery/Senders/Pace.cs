namespace Herald.Delivery.Senders;

/// <summary>
/// The rate at which one sender may send: its level at Meta, halved by each sign of a limit or of overload and given back in steps of a tenth of
/// the level a second (additive increase, multiplicative decrease). While Meta works on the number it holds still. Safe from any thread.
/// </summary>
internal sealed class Pace
{
    private const double LowestShare = 0.05;
    private const double StepShare = 0.1;
    private const double DoubtfulShare = 0.3;
    private static readonly TimeSpan StepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HoldMax = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly TokenBucket _bucket;
    private readonly Lock _lock = new();
    private readonly LatencyWatch _latency = new();
    private bool _isLevelDoubtful;
    private double _level;
    private long _changed;
    private DateTimeOffset? _heldUntil;

    public Pace(TimeProvider time, int messagesPerSecond)
    {
        _time = time;
        _level = messagesPerSecond;
        _bucket = new TokenBucket(time, messagesPerSecond);
        _changed = time.GetTimestamp();
    }

    public double RatePerSecond
    {
        get
        {
            lock (_lock)
                return _bucket.RatePerSecond;
        }
    }

    /// <summary>The rate it has when nothing is wrong.</summary>
    public double LevelPerSecond
    {
        get
        {
            lock (_lock)
                return _level;
        }
    }

    /// <summary>The level at Meta may be another one by now. Cleared by whoever has read it.</summary>
    public bool IsLevelDoubtful
    {
        get => Volatile.Read(ref _isLevelDoubtful);
        set => Volatile.Write(ref _isLevelDoubtful, value);
    }

    /// <summary>Until when nothing leaves; null when it does.</summary>
    public DateTimeOffset? HeldUntil
    {
        get
        {
            lock (_lock)
                return IsHeld() ? _heldUntil : null;
        }
    }

    public int Take(int wanted)
    {
        lock (_lock)
        {
            if (IsHeld())
                return 0;
            Recover();
            return _bucket.Take(wanted);
        }
    }

    public void GiveBack(int unused)
    {
        lock (_lock)
            _bucket.GiveBack(unused);
    }

    /// <summary>How many messages may leave now.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
                return IsHeld() ? 0 : _bucket.Available;
        }
    }

    public TimeSpan WaitFor(int wanted)
    {
        lock (_lock)
            return IsHeld() ? _heldUntil.GetValueOrDefault() - _time.GetUtcNow() : _bucket.WaitFor(wanted);
    }

    public void CountInbound(int count)
    {
        lock (_lock)
            _bucket.TakeInbound(count);
    }

    /// <summary>Meta said the sender is over its throughput. Signs within one step count once: they are of one burst.</summary>
    public void SlowDown()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            if (_bucket.RatePerSecond < _level && _time.GetElapsedTime(_changed, now) < StepInterval)
                return;
            _bucket.SetRate(Math.Max(_level * LowestShare, _bucket.RatePerSecond / 2));
            _changed = now;
            // Refusals far below the level say that the level is another one.
            if (_bucket.RatePerSecond < _level * DoubtfulShare)
                IsLevelDoubtful = true;
        }
    }

    /// <summary>Counts how long an answer took; when answers take ever longer, that is a sign like a refusal. True when it was one.</summary>
    public bool CountLatency(TimeSpan latency)
    {
        lock (_lock)
        {
            if (!_latency.IsRising(latency))
                return false;
        }
        SlowDown();
        return true;
    }

    /// <summary>
    /// Meta works on the number, for a minute at most when it raises its throughput: nothing leaves for <paramref name="span"/>, then a few
    /// messages that find out whether it is over.
    /// </summary>
    public void HoldFor(TimeSpan span)
    {
        lock (_lock)
        {
            var until = _time.GetUtcNow() + span;
            if (_heldUntil is null || _heldUntil < until)
                _heldUntil = until;
            _bucket.SetRate(_level * LowestShare);
            _bucket.Empty();
            IsLevelDoubtful = true;
            _changed = _time.GetTimestamp();
        }
    }

    /// <summary>Meta is done with the number.</summary>
    public void EndHold()
    {
        lock (_lock)
            _heldUntil = null;
    }

    /// <summary>Goes on where this sender's last owner was: its rate, up to the level, and its hold.</summary>
    public void Restore(double ratePerSecond, DateTimeOffset? heldUntil)
    {
        lock (_lock)
        {
            _heldUntil = heldUntil;
            if (ratePerSecond >= _level)
                return;
            _bucket.SetRate(Math.Max(_level * LowestShare, ratePerSecond));
            _changed = _time.GetTimestamp();
        }
    }

    public void SetLevel(int messagesPerSecond)
    {
        lock (_lock)
        {
            if (_level.Equals(messagesPerSecond))
                return;
            _level = messagesPerSecond;
            _bucket.SetRate(messagesPerSecond);
        }
    }

    private bool IsHeld()
    {
        if (_heldUntil is null)
            return false;
        var left = _heldUntil.Value - _time.GetUtcNow();
        // A hold is a minute or two: one that is hours away was made before the clock was set.
        if (left > TimeSpan.Zero && left <= HoldMax)
            return true;
        _heldUntil = null;
        return false;
    }

    private void Recover()
    {
        if (_bucket.RatePerSecond >= _level)
            return;
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_changed, now) < StepInterval)
            return;
        _bucket.SetRate(Math.Min(_level, _bucket.RatePerSecond + (_level * StepShare)));
        _changed = now;
    }
}
