namespace Herald.Api.Calls;

/// <summary>The ids right beside an id, to read one row of a list by its id.</summary>
internal static class Neighbours
{
    /// <summary>The next greater id.</summary>
    public static Guid After(Guid id) => Step(id, 1, byte.MaxValue);

    /// <summary>The next smaller id.</summary>
    public static Guid Before(Guid id) => Step(id, -1, 0);

    private static Guid Step(Guid id, int by, byte carriesAt)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            var carries = bytes[i] == carriesAt;
            bytes[i] = (byte)(bytes[i] + by);
            if (!carries)
                break;
        }
        return new Guid(bytes, bigEndian: true);
    }
}
