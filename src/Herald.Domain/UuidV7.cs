using System.Buffers.Binary;

namespace Herald.Domain;

/// <summary>The times in UUIDs of version 7 (RFC 9562), which begin with 48 bits of milliseconds since 1970.</summary>
public static class UuidV7
{
    private const long MsMax = (1L << 48) - 1;
    private static readonly long MsOfLastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time in an id, cut to the millisecond.</summary>
    /// <exception cref="ArgumentException">The id is not of version 7.</exception>
    public static DateTimeOffset TimeOf(Guid id)
    {
        if (id.Version != 7)
            throw new ArgumentException("The id is not of version 7.", nameof(id));
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16, MsOfLastTime));
    }

    /// <summary>
    /// What stands, in the order of their bytes, below all ids of version 7 with that millisecond or a later one and above all with an earlier one. It is
    /// no id itself. Times before 1970 count as 1970.
    /// </summary>
    public static Guid FloorOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Clamp(time.ToUnixTimeMilliseconds(), 0, MsMax) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
