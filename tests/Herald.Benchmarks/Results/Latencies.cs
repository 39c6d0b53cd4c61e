namespace Herald.Benchmarks.Results;

/// <summary>Times of many calls, and their percentiles.</summary>
internal sealed class Latencies
{
    private readonly double[] _sortedMs;

    public Latencies(IEnumerable<TimeSpan> times)
    {
        _sortedMs = [.. times.Select(time => time.TotalMilliseconds).Order()];
    }

    /// <summary>Milliseconds within which this share of the calls, 0 to 1, was done.</summary>
    public double Percentile(double share) => _sortedMs[Math.Min(_sortedMs.Length - 1, (int)(share * _sortedMs.Length))];
}
