namespace Herald.Benchmarks.World;

/// <summary>Counts the requests that the host posts to WhatsApp, by the time at which they leave, and keeps some bodies.</summary>
internal sealed class PostCounter(TimeProvider time)
{
    private const int SlotsPerSecond = 50;
    private const int SlotsMax = SlotsPerSecond * 3_600;
    private const int BodiesMax = 1_000;
    private readonly int[] _slots = new int[SlotsMax];
    private readonly List<byte[]> _bodies = [];
    private long _started = time.GetTimestamp();
    private int _total;
    private volatile bool _keepsBodies;

    /// <summary>How many left since the last <see cref="Restart"/>.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>Bodies that left while they were kept.</summary>
    public IReadOnlyList<byte[]> Bodies => _bodies;

    /// <summary>Whether bodies are kept, up to a thousand; costs a copy each.</summary>
    public bool KeepsBodies
    {
        get => _keepsBodies;
        set => _keepsBodies = value;
    }

    /// <summary>The handler to put before the host's own.</summary>
    public DelegatingHandler CreateHandler() => new Handler(this);

    public void Restart()
    {
        Array.Clear(_slots);
        _started = time.GetTimestamp();
        _total = 0;
    }

    /// <summary>Time since the last restart.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>When request number <paramref name="ordinal"/> left, from 1; null before that.</summary>
    public TimeSpan? TimeOf(int ordinal)
    {
        var seen = 0;
        for (var slot = 0; slot < SlotsMax; slot++)
        {
            seen += Volatile.Read(ref _slots[slot]);
            if (seen >= ordinal)
                return TimeSpan.FromSeconds((double)slot / SlotsPerSecond);
        }
        return null;
    }

    /// <summary>How many left between two times since the restart.</summary>
    public int CountBetween(TimeSpan from, TimeSpan to)
    {
        var count = 0;
        for (var slot = SlotOf(from); slot < SlotOf(to); slot++)
            count += Volatile.Read(ref _slots[slot]);
        return count;
    }

    private static int SlotOf(TimeSpan elapsed) => Math.Min(SlotsMax - 1, (int)(elapsed.TotalSeconds * SlotsPerSecond));

    private void Count()
    {
        Interlocked.Increment(ref _slots[SlotOf(Elapsed)]);
        Interlocked.Increment(ref _total);
    }

    private async Task KeepAsync(HttpContent content, CancellationToken ct)
    {
        var body = await content.ReadAsByteArrayAsync(ct);
        lock (_bodies)
        {
            if (_bodies.Count < BodiesMax)
                _bodies.Add(body);
        }
    }

    private sealed class Handler(PostCounter counter) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is null || request.RequestUri?.OriginalString.EndsWith("/messages", StringComparison.Ordinal) != true)
                return base.SendAsync(request, cancellationToken);
            counter.Count();
            return counter.KeepsBodies ? SendKeptAsync(request, request.Content, cancellationToken) : base.SendAsync(request, cancellationToken);
        }

        private async Task<HttpResponseMessage> SendKeptAsync(HttpRequestMessage request, HttpContent content, CancellationToken ct)
        {
            await counter.KeepAsync(content, ct);
            return await base.SendAsync(request, ct);
        }
    }
}
