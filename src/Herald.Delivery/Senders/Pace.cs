namespace Herald.Delivery.Senders;

/// <summary>
/// The rate at which one sender may send: its level at Meta, halved by each sign of a limit and given back in steps of a tenth of the
/// level a second (additive increase, multiplicative decrease).
/// </summary>
internal sealed class Pace
{
    private const double LowestShare = 0.05;
    private const double StepShare = 0.1;
    private static readonly TimeSpan StepInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly TokenBucket _bucket;
    private readonly Lock _lock = new();
    private double _level;
    private long _changed;

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

    public int Take(int wanted)
    {
        lock (_lock)
        {
            Recover();
            return _bucket.Take(wanted);
        }
    }

    public void GiveBack(int unused)
    {
        lock (_lock)
            _bucket.GiveBack(unused);
    }

    public TimeSpan WaitFor(int wanted)
    {
        lock (_lock)
            return _bucket.WaitFor(wanted);
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
