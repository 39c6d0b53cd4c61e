namespace Herald.Delivery.Senders;

/// <summary>
/// Notices when answers begin to take much longer than they usually do, which is how an overloaded side shows before it refuses. What is usual is
/// learned: quickly when answers become faster, slowly when they become slower. Not thread-safe: its pace owns it.
/// </summary>
internal sealed class LatencyWatch
{
    private const int AnswersMin = 50;
    private const double Factor = 3;
    private const double RecentWeight = 0.1;
    private const double SlowerWeight = 0.002;
    private static readonly double MarginMs = TimeSpan.FromMilliseconds(500).TotalMilliseconds;

    private double _usualMs;
    private double _recentMs;
    private int _answers;

    /// <summary>Counts one answer. True when the latest ones took much longer than usual; then the next sign needs new evidence.</summary>
    public bool IsRising(TimeSpan latency)
    {
        var ms = latency.TotalMilliseconds;
        if (_answers++ == 0)
        {
            _usualMs = _recentMs = ms;
            return false;
        }
        _recentMs += (ms - _recentMs) * RecentWeight;
        _usualMs += (ms - _usualMs) * (ms < _usualMs ? RecentWeight : SlowerWeight);
        if (_answers < AnswersMin || _recentMs < Math.Max(_usualMs * Factor, _usualMs + MarginMs))
            return false;
        _recentMs = _usualMs;
        return true;
    }
}
