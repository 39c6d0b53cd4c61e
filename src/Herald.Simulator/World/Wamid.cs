using System.Buffers.Binary;
using System.Text;

namespace Herald.Simulator;

/// <summary>WhatsApp message ids: base64 of a small record that holds the peer's number, a direction and a random part.</summary>
internal static class Wamid
{
    private const int RandomDigits = 18;

    /// <summary>The id of the n-th message between a number and a person, in one direction.</summary>
    public static string Create(long seed, string phoneNumberId, string phone, bool outgoing, long ordinal)
    {
        Span<byte> blob = stackalloc byte[10 + 15 + RandomDigits];
        var length = 0;
        blob[length++] = 0x1c;
        blob[length++] = 0x18;
        blob[length++] = (byte)phone.Length;
        length += Encoding.ASCII.GetBytes(phone, blob[length..]);
        blob[length++] = 0x15;
        blob[length++] = 0x02;
        blob[length++] = 0x00;
        blob[length++] = outgoing ? (byte)0x11 : (byte)0x12;
        blob[length++] = 0x18;
        blob[length++] = RandomDigits;

        var direction = outgoing ? "out" : "in";
        Span<byte> random = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(random, SeededHash.Of(seed, "wamid-a-" + direction + phoneNumberId, phone, ordinal));
        BinaryPrimitives.WriteUInt64BigEndian(random[8..], SeededHash.Of(seed, "wamid-b-" + direction + phoneNumberId, phone, ordinal));
        Span<char> hex = stackalloc char[32];
        Convert.TryToHexString(random, hex, out _);
        length += Encoding.ASCII.GetBytes(hex[..RandomDigits], blob[length..]);
        blob[length++] = 0x00;
        return "wamid." + Convert.ToBase64String(blob[..length]);
    }
}
