using System.Buffers.Binary;

namespace Herald.Domain;

/// <summary>
/// UUIDs of version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits. Ids of one source always grow, also
/// within one millisecond and when the clock steps back, since the random part is then raised by a random step instead
/// of being drawn anew (the RFC's method 2).
/// </summary>
public sealed class UuidV7Source : IIdSource
{
    private const ulong LowMask = (1UL << 62) - 1;
    private const int HighMax = (1 << 12) - 1;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private long _lastMs = -1;
    private int _high;
    private ulong _low;

    /// <summary>Two sources with equal clocks and equal randomness give equal ids.</summary>
    public UuidV7Source(TimeProvider time, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(random);
        _time = time;
        _random = random;
    }

    /// <inheritdoc/>
    public Guid NewId()
    {
        Span<byte> random = stackalloc byte[10];
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            _random.Fill(random);
            var nowMs = Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds());
            if (nowMs > _lastMs)
                Restart(nowMs, random);
            else
                Step(random);

            BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)_lastMs << 16) | 0x7000UL | (uint)_high);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000UL | _low);
        }
        return new Guid(bytes, bigEndian: true);
    }

    private void Restart(long ms, ReadOnlySpan<byte> random)
    {
        _lastMs = ms;
        // The top bit starts as zero, so that even the highest draw leaves room for steps within its millisecond.
        _high = BinaryPrimitives.ReadUInt16BigEndian(random) & (HighMax >> 1);
        _low = BinaryPrimitives.ReadUInt64BigEndian(random[2..]) & LowMask;
    }

    private void Step(ReadOnlySpan<byte> random)
    {
        _low += 1UL + BinaryPrimitives.ReadUInt32BigEndian(random);
        if (_low <= LowMask)
            return;
        _low &= LowMask;
        if (_high < HighMax)
            _high++;
        else
            Restart(_lastMs + 1, random);
    }
}
