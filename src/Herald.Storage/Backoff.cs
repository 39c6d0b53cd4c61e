namespace Herald.Storage;

/// <summary>Doubling waits from a first one up to thirty seconds, for loops that try again. Not thread-safe: its loop owns it.</summary>
/// <param name="first">The first wait.</param>
public sealed class Backoff(TimeSpan first)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _first = first;
    private TimeSpan? _next;

    /// <summary>The wait before the next try.</summary>
    public TimeSpan Next()
    {
        var wait = _next ?? _first;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }

    /// <summary>Starts over after a success.</summary>
    public void Reset() => _next = null;
}
