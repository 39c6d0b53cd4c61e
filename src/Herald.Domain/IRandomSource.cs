namespace Herald.Domain;

/// <summary>Where all randomness comes from, so that a run can be replayed from a seed.</summary>
public interface IRandomSource
{
    /// <summary>Overwrites all of <paramref name="buffer"/> with random bytes. Safe from any thread.</summary>
    void Fill(Span<byte> buffer);

    /// <summary>A number from 0 to <paramref name="maxExclusive"/> - 1, each as likely as the others. Safe from any thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxExclusive"/> is below 1.</exception>
    int Next(int maxExclusive);
}
