using System.Security.Cryptography;
using Herald.Domain;
using Herald.Storage.Keys;

namespace Herald.Grains.Secrets;

/// <summary>The key of the suppressions, stored in the database encrypted like access tokens.</summary>
/// <param name="keys">Where it is stored.</param>
/// <param name="protector">What encrypts it.</param>
/// <param name="random">What it is made of at the first start.</param>
/// <param name="time">The clock.</param>
public sealed class StoredIdentityKey(IIdentityKeyStore keys, ISecretProtector protector, IRandomSource random, TimeProvider time) : IIdentityKey
{
    private const int KeyBytes = 32;
    private byte[]? _key;

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken ct) =>
        _key ??= Read(await keys.FindAsync(ct) ?? await MakeAsync(ct));

    private async Task<byte[]> MakeAsync(CancellationToken ct)
    {
        var key = new byte[KeyBytes];
        random.Fill(key);
        return await keys.AddAsync(protector.Protect(Convert.ToBase64String(key)), time.GetUtcNow(), ct) ?? throw new IdentityKeyException(
            "The table identity_keys is empty, but suppressions of erased people exist, which only its key can find again. "
            + "Restore identity_keys from a backup of this database.");
    }

    private byte[] Read(byte[] cipher)
    {
        try
        {
            return Convert.FromBase64String(protector.Unprotect(cipher));
        }
        catch (CryptographicException unreadable)
        {
            throw new IdentityKeyException(
                "The key in the table identity_keys can't be decrypted, so the opt-outs of erased people could not be honoured. "
                + "It was encrypted with another key ring: restore the table data_protection_keys that belongs to this database.", unreadable);
        }
    }
}
