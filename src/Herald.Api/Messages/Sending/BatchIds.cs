using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Herald.Api.Messages.Sending;

/// <summary>The ids of what a batch makes: UUIDs of version 7 that follow from the request's own, so that a repetition finds them again.</summary>
internal static class BatchIds
{
    /// <summary>The most items of a batch; their place stands in 12 bits, which keeps the ids in the order of the batch.</summary>
    public const int ItemsMax = 1_000;

    /// <summary>The id of the item at a place.</summary>
    /// <param name="request">The id that the request settled.</param>
    /// <param name="place">From 0.</param>
    public static Guid Of(Guid request, int place)
    {
        Span<byte> seed = stackalloc byte[20];
        request.TryWriteBytes(seed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], place);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);

        Span<byte> id = stackalloc byte[16];
        seed[..6].CopyTo(id);
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)(0x7000 | place));
        hash[..8].CopyTo(id[8..]);
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
