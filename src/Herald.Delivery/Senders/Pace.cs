namespace Herald.Delivery.Senders;

/// <summary>
/// The rate at which one sender may send: its level at Meta, halved by each sign of a limit or of overload and given back in steps of a tenth of
/// the level a second (additive increase, multiplicative decrease). While Meta works on the number it holds still, and while Meta does not answer it lets
/// single messages find out whether that is over. Safe from any thread.
/// </summary>
internal sealed class Pace
{
    private const double LowestShare = 0.05;
    private const double StepShare = 0.1;
    private const double DoubtfulShare = 0.3;
    private static readonly TimeSpan StepInterval = TimeSpan.FromSeconds(1);

    /// <summary>The longest hold: a number that Meta takes nothing of for longer is asked for it again.</summary>
    public static readonly TimeSpan HoldMax = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly TokenBucket _bucket;
    private readonly Lock _lock = new();
    private readonly LatencyWatch _latency;
    private readonly OutageWatch _outage;
    private bool _isLevelDoubtful;
    private double _level;
    private long _changed;
    private long? _halved;
    private DateTimeOffset? _heldUntil;

    public Pace(TimeProvider time, int messagesPerSecond)
    {
        _time = time;
        _level = messagesPerSecond;
        _bucket = new TokenBucket(time, messagesPerSecond);
        _latency = new LatencyWatch(time);
        _outage = new OutageWatch(time);
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

    /// <summary>Until when nothing leaves because Meta works on the number or takes no calls of its account; null when it does not.</summary>
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
            if (HoldLeft() > TimeSpan.Zero)
                return 0;
            if (_outage.IsOut)
                return TakeProbe(wanted);
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
                return HoldLeft() > TimeSpan.Zero ? 0 : _bucket.Available;
        }
    }

    public TimeSpan WaitFor(int wanted)
    {
        lock (_lock)
        {
            var left = HoldLeft();
            return left > TimeSpan.Zero ? left : _bucket.WaitFor(wanted);
        }
    }

    public void CountInbound(int count)
    {
        lock (_lock)
            _bucket.TakeInbound(count);
    }

    /// <summary>
    /// Meta said the sender is over its throughput. Signs within a second after one that was heeded are of the same burst and count once. True when
    /// it was heeded.
    /// </summary>
    public bool SlowDown()
    {
        lock (_lock)
        {
            if (_halved is { } halved && _time.GetElapsedTime(halved) < StepInterval)
                return false;
            Halve();
            // Refusals far below the level say that the level is another one.
            if (_bucket.RatePerSecond < _level * DoubtfulShare)
                IsLevelDoubtful = true;
            return true;
        }
    }

    /// <summary>A request got no answer, or one that says only that Meta fails. True when too many did and almost nothing leaves from now on.</summary>
    /// <param name="askedAt">Time stamp of the request.</param>
    public bool CountLoss(long askedAt)
    {
        lock (_lock)
        {
            if (!_outage.CountLoss(askedAt))
                return false;
            Halve();
            return true;
        }
    }

    /// <summary>Meta says that one message failed at its end. True when all do and almost nothing leaves from now on.</summary>
    /// <param name="askedAt">Time stamp of the request.</param>
    public bool CountFailureOfMessage(long askedAt)
    {
        lock (_lock)
        {
            if (!_outage.CountFailureOfMessage(askedAt))
                return false;
            Halve();
            return true;
        }
    }

    /// <summary>Meta answered. True when that ends a time in which it did not: messages leave again, slowly at first.</summary>
    /// <param name="askedAt">Time stamp of the request.</param>
    public bool CountAnswer(long askedAt)
    {
        lock (_lock)
        {
            if (!_outage.CountAnswer(askedAt))
                return false;
            _bucket.Empty();
            return true;
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
        return SlowDown();
    }

    /// <summary>
    /// Meta works on the number, for a minute at most when it raises its throughput, or takes no calls of its account: nothing leaves for
    /// <paramref name="span"/>, <see cref="HoldMax"/> at most, then a few messages that find out whether it is over.
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

    private void Halve()
    {
        _bucket.SetRate(Math.Max(_level * LowestShare, _bucket.RatePerSecond / 2));
        var now = _time.GetTimestamp();
        (_changed, _halved) = (now, now);
    }

    private int TakeProbe(int wanted)
    {
        var taken = _bucket.Take(Math.Min(1, wanted));
        if (taken > 0)
            _outage.ProbeLater();
        return taken;
    }

    /// <summary>How long nothing may leave, for whichever reason lasts longer; zero or less when something may.</summary>
    private TimeSpan HoldLeft()
    {
        var held = IsHeld() ? _heldUntil.GetValueOrDefault() - _time.GetUtcNow() : TimeSpan.Zero;
        var outage = _outage.IsOut ? _outage.UntilProbe : TimeSpan.Zero;
        return held > outage ? held : outage;
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
        if (_bucket.RatePerSecond >= _level)
            _outage.Forget();
    }
}
