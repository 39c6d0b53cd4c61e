using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Herald.Domain.Tenants;

/// <summary>
/// API keys: <c>hk_</c>, the key id as 32 hexadecimal digits, <c>_</c>, and a secret of 52 characters that stand for 32 random bytes.
/// The secret has full entropy, so a plain SHA-256 of it is enough at rest.
/// </summary>
public static class ApiKeyFormat
{
    /// <summary>How every key begins, so that scanners can find leaked ones.</summary>
    public const string Prefix = "hk_";

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 32;
    private const int SecretBytes = 32;
    private const int SecretLength = 52;

    private static readonly SearchValues<char> SecretCharacters = SearchValues.Create(Alphabet);

    /// <summary>Makes a new key. <paramref name="random"/> must be cryptographic outside of tests.</summary>
    public static ApiKey Create(IIdSource ids, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bytes = stackalloc byte[SecretBytes];
        random.Fill(bytes);
        return new ApiKey(new ApiKeyId(ids.NewId()), Encode(bytes));
    }

    /// <summary>Reads a whole key. False if it is not of the form; whether it is a valid key only the stored hash tells.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = null;
        if (text is null || text.Length != Prefix.Length + IdLength + 1 + SecretLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var id = text.AsSpan(Prefix.Length, IdLength);
        var secret = text[^SecretLength..];
        if (text[Prefix.Length + IdLength] != '_' || !Guid.TryParseExact(id, "N", out var value) || secret.AsSpan().ContainsAnyExcept(SecretCharacters))
            return false;
        key = new ApiKey(new ApiKeyId(value), secret);
        return true;
    }

    /// <summary>What is stored of a secret: its SHA-256, 32 bytes.</summary>
    public static byte[] Hash(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return SHA256.HashData(Encoding.UTF8.GetBytes(secret));
    }

    /// <summary>Whether the secret has the stored hash. Takes the same time wherever they differ.</summary>
    public static bool Verify(string secret, ReadOnlySpan<byte> storedHash) => CryptographicOperations.FixedTimeEquals(Hash(secret), storedHash);

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(SecretLength);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(buffer >> bits) & 31]);
            }
            buffer &= (1 << bits) - 1;
        }
        // 256 bits are 51 characters and one bit over.
        text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
