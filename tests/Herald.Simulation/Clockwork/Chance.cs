namespace Herald.Simulation.Clockwork;

/// <summary>Everything that is left to chance in a run, from its seed. One run asks in one order, so it gets the same answers each time.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public int Next(int maxExclusive) => _random.Next(maxExclusive);

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public int Between(int min, int max) => _random.Next(min, max + 1);

    public TimeSpan Between(TimeSpan min, TimeSpan max) => TimeSpan.FromTicks(_random.NextInt64(min.Ticks, max.Ticks + 1));

    public bool Happens(double probability) => probability > 0 && _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>How long a message of a network takes: mostly a moment, sometimes much longer, at most <paramref name="longest"/>.</summary>
    public TimeSpan Latency(TimeSpan usual, TimeSpan longest)
    {
        var wait = TimeSpan.FromTicks((long)(usual.Ticks * (0.2 - Math.Log(1 - _random.NextDouble()))));
        return Happens(0.02) ? Between(usual, longest) : wait < longest ? wait : longest;
    }
}
