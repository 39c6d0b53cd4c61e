using System.Security.Cryptography;

namespace Herald.Domain;

/// <summary>The operating system's cryptographic randomness; what a serving host uses.</summary>
public sealed class CryptoRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    /// <inheritdoc/>
    public int Next(int maxExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxExclusive, 1);
        return RandomNumberGenerator.GetInt32(maxExclusive);
    }
}
