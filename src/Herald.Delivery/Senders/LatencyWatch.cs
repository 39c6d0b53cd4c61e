namespace Herald.Delivery.Senders;

/// <summary>
/// Notices when answers begin to take much longer than they usually do, which is how an overloaded side shows before it refuses. What is usual is
/// learned: within a second or two when answers become faster, within minutes when they become slower. Answers weigh by the time since the one before, so
/// that it sees the same at any rate. Not thread-safe: its pace owns it.
/// </summary>
internal sealed class LatencyWatch(TimeProvider time)
{
    private const int AnswersMin = 50;
    private const double Factor = 3;

    /// <summary>However long ago the one before was, a single answer is no more than this part of the picture.</summary>
    private const double RecentWeightMax = 0.1;
    private const double SlowerWeightMax = 0.02;
    private static readonly TimeSpan RecentSpan = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowerSpan = TimeSpan.FromMinutes(2);
    private static readonly double MarginMs = TimeSpan.FromMilliseconds(500).TotalMilliseconds;

    private double _usualMs;
    private double _recentMs;
    private int _answers;
    private long _counted;

    /// <summary>Counts one answer. True when the latest ones took much longer than usual; then the next sign needs new evidence.</summary>
    public bool IsRising(TimeSpan latency)
    {
        var ms = latency.TotalMilliseconds;
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(_counted, now);
        _counted = now;
        if (_answers++ == 0)
        {
            _usualMs = _recentMs = ms;
            return false;
        }
        var recently = Weight(passed, RecentSpan, RecentWeightMax);
        _recentMs += (ms - _recentMs) * recently;
        _usualMs += (ms - _usualMs) * (ms < _usualMs ? recently : Weight(passed, SlowerSpan, SlowerWeightMax));
        if (_answers < AnswersMin || _recentMs < Math.Max(_usualMs * Factor, _usualMs + MarginMs))
            return false;
        _recentMs = _usualMs;
        return true;
    }

    private static double Weight(TimeSpan passed, TimeSpan span, double most) => Math.Min(most, 1 - Math.Exp(-(passed / span)));
}
