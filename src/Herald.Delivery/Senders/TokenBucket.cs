namespace Herald.Delivery.Senders;

/// <summary>
/// A true token bucket: tokens drip in evenly, and at most <c>burst</c> of them wait, so no second carries two bursts. It may go below
/// zero when inbound traffic, which Meta counts too, takes tokens that nobody asked for. Not thread-safe: its worker owns it.
/// </summary>
internal sealed class TokenBucket(TimeProvider time, double ratePerSecond)
{
    private const double BurstSeconds = 0.2;

    /// <summary>Meta forgets what came in longer ago than this.</summary>
    private const double DebtSeconds = 1;

    private double _tokens = Math.Max(1, ratePerSecond * BurstSeconds);
    private long _filled = time.GetTimestamp();

    public double RatePerSecond { get; private set; } = ratePerSecond;

    /// <summary>Whole tokens that wait.</summary>
    public int Available
    {
        get
        {
            Fill();
            return Math.Max(0, (int)_tokens);
        }
    }

    private double Burst => Math.Max(1, RatePerSecond * BurstSeconds);

    public void SetRate(double ratePerSecond)
    {
        Fill();
        RatePerSecond = ratePerSecond;
        _tokens = Math.Min(_tokens, Burst);
    }

    /// <summary>Takes up to <paramref name="wanted"/> whole tokens and returns how many.</summary>
    public int Take(int wanted)
    {
        Fill();
        var taken = Math.Clamp((int)_tokens, 0, wanted);
        _tokens -= taken;
        return taken;
    }

    /// <summary>Lets all tokens go, so that what follows begins slowly.</summary>
    public void Empty()
    {
        Fill();
        _tokens = Math.Min(_tokens, 0);
    }

    public void GiveBack(int unused) => _tokens = Math.Min(Burst, _tokens + unused);

    public void TakeInbound(int count)
    {
        Fill();
        _tokens = Math.Max(-RatePerSecond * DebtSeconds, _tokens - count);
    }

    /// <summary>
    /// How long until <paramref name="wanted"/> tokens, or half a bucket if that is less, are there. Half, so that a timer that fires
    /// late loses no tokens to a full bucket. Never zero while a token lacks, be it by less than a tick: who asks again at once would turn in a circle.
    /// </summary>
    public TimeSpan WaitFor(int wanted)
    {
        Fill();
        var missing = Math.Min(wanted, Math.Max(1, Math.Floor(Burst / 2))) - _tokens;
        return missing <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling(missing / RatePerSecond * TimeSpan.TicksPerSecond));
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * RatePerSecond));
        _filled = now;
    }
}
