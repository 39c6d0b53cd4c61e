namespace Herald.Domain;

/// <summary>Randomness that repeats for the same seed. For tests and demonstrations only: it guards no secret.</summary>
public sealed class SeededRandomSource : IRandomSource
{
    private readonly Lock _lock = new();
    private readonly Random _random;

    /// <summary>Two sources with the same seed give the same sequence to the same sequence of calls.</summary>
    public SeededRandomSource(int seed)
    {
        _random = new Random(seed);
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> buffer)
    {
        lock (_lock)
            _random.NextBytes(buffer);
    }

    /// <inheritdoc/>
    public int Next(int maxExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxExclusive, 1);
        lock (_lock)
            return _random.Next(maxExclusive);
    }
}
