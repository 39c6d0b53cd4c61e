using System.Security.Cryptography;
using System.Text;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Contacts;

namespace Herald.Storage.Consents;

/// <summary>
/// Turns identities into what suppressions know them by: HMAC-SHA256 of tenant, kind and value as unpadded base64url. A phone has one hash for each of
/// its country's spellings, so that any spelling meets any other.
/// </summary>
internal sealed class IdentityHasher(ReadOnlyMemory<byte> key)
{
    private const int TenantBytes = 16;

    /// <summary>The hashes of one identity; several for a phone.</summary>
    public IEnumerable<string> Of(TenantId tenant, IdentityKind kind, string value)
    {
        if (kind == IdentityKind.Phone && PhoneNumber.TryFromDigits(value, out var phone))
            return phone.Variants().Select(variant => Hash(tenant, kind, variant.Digits));
        // WhatsApp's user names don't tell capitals apart, and people write them with an at sign.
        return [Hash(tenant, kind, kind == IdentityKind.Username ? value.TrimStart('@').ToLowerInvariant() : value)];
    }

    private string Hash(TenantId tenant, IdentityKind kind, string value)
    {
        var input = new byte[TenantBytes + 1 + Encoding.UTF8.GetByteCount(value)];
        tenant.Value.TryWriteBytes(input, bigEndian: true, out _);
        input[TenantBytes] = (byte)kind;
        Encoding.UTF8.GetBytes(value, input.AsSpan(TenantBytes + 1));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Span, input, hash);
        return System.Buffers.Text.Base64Url.EncodeToString(hash);
    }
}
