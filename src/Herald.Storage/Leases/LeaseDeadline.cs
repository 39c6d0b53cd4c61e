namespace Herald.Storage.Leases;

/// <summary>
/// How long this node may believe in a lease, or in a claim: from a moment before it was asked for, less a margin. Judged by two clocks. The
/// monotonic one runs on while the process is stopped, but on Linux not while the machine is suspended; the wall clock does, but can be set. Whichever
/// says that the time is over is believed: a lease given up too early costs a renewal, one believed in too long costs a message sent twice.
/// </summary>
public readonly struct LeaseDeadline
{
    private const double TrustedShare = 0.8;

    private readonly TimeProvider _time;
    private readonly TimeSpan _trusted;
    private readonly long _askedAt;
    private readonly DateTimeOffset _askedTime;

    private LeaseDeadline(TimeProvider time, TimeSpan duration)
    {
        _time = time;
        _trusted = duration * TrustedShare;
        _askedAt = time.GetTimestamp();
        _askedTime = time.GetUtcNow();
    }

    /// <summary>Whether the lease or claim can no longer be relied on.</summary>
    public bool IsOver => _time.GetElapsedTime(_askedAt) >= _trusted || _time.GetUtcNow() - _askedTime >= _trusted;

    /// <summary>To be called before the request for the lease or claim is made.</summary>
    /// <param name="time">This node's clocks.</param>
    /// <param name="duration">How long the database gives it.</param>
    public static LeaseDeadline FromNow(TimeProvider time, TimeSpan duration) => new(time, duration);
}
