using System.Security.Cryptography;
using System.Text;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Checks that a delivery comes from Meta.</summary>
public static class WebhookSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>
    /// Compares the header with the HMAC-SHA256 of the body under each secret, in a time that depends neither on where a difference is nor on which
    /// secret fits.
    /// </summary>
    /// <param name="body">The raw bytes as received; a body that was parsed and written again does not verify.</param>
    /// <param name="header">Value of the header <see cref="HeaderName"/>, or null if it was missing.</param>
    /// <param name="appSecrets">The app secrets in use, several while one is replaced; empty ones are ignored.</param>
    /// <returns>True if the signature fits one of the secrets; false without secrets.</returns>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> appSecrets)
    {
        ArgumentNullException.ThrowIfNull(appSecrets);
        if (header is null || header.Length != Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)
            || !header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Convert.FromHexString(header.AsSpan(Prefix.Length), given, out _, out _) != System.Buffers.OperationStatus.Done) return false;

        var isGenuine = false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var i = 0; i < appSecrets.Count; i++)
        {
            if (string.IsNullOrEmpty(appSecrets[i])) continue;
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecrets[i]), body, expected);
            isGenuine |= CryptographicOperations.FixedTimeEquals(given, expected);
        }

        return isGenuine;
    }
}
