using System.Collections.Concurrent;
using Herald.Api.Errors;
using Microsoft.Extensions.Options;

namespace Herald.Api.Calls;

/// <summary>
/// A token bucket for each API key, in this node's memory: it protects the node from its callers, so each node counts for itself. Full
/// buckets are forgotten when there are many.
/// </summary>
internal sealed class CallRates(IOptions<HeraldApiOptions> options, TimeProvider time)
{
    private const int BucketsMax = 10_000;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time;
    private readonly int _perSecond = options.Value.CallsPerSecond;
    private readonly int _burst = options.Value.CallsBurst;

    /// <summary>Counts one call of the key.</summary>
    /// <exception cref="ApiException">The key makes more calls than it may.</exception>
    public void Take(string keyId)
    {
        if (_buckets.Count >= BucketsMax)
            ForgetFull();
        var bucket = _buckets.GetOrAdd(keyId, static (_, rates) => new Bucket(rates._burst, rates._time.GetTimestamp()), this);
        var wait = bucket.Take(this);
        if (wait > TimeSpan.Zero)
            throw ApiErrors.RateLimited(_perSecond, wait);
    }

    private void ForgetFull()
    {
        foreach (var (keyId, bucket) in _buckets)
        {
            if (bucket.IsFull(this))
                _buckets.TryRemove(keyId, out _);
        }
    }

    private sealed class Bucket(double tokens, long filledAt)
    {
        private readonly Lock _lock = new();
        private double _tokens = tokens;
        private long _filledAt = filledAt;

        /// <summary>Takes a token; else how long until there is one.</summary>
        public TimeSpan Take(CallRates rates)
        {
            lock (_lock)
            {
                Fill(rates);
                if (_tokens < 1)
                    return TimeSpan.FromSeconds((1 - _tokens) / rates._perSecond);
                _tokens--;
                return TimeSpan.Zero;
            }
        }

        public bool IsFull(CallRates rates)
        {
            lock (_lock)
            {
                Fill(rates);
                return _tokens >= rates._burst;
            }
        }

        private void Fill(CallRates rates)
        {
            var now = rates._time.GetTimestamp();
            _tokens = Math.Min(rates._burst, _tokens + (rates._time.GetElapsedTime(_filledAt, now).TotalSeconds * rates._perSecond));
            _filledAt = now;
        }
    }
}
