namespace Herald.Storage.Keys;

/// <summary>The secret with which identities of erased people are hashed. Provided by the layer that can encrypt it.</summary>
public interface IIdentityKey
{
    /// <summary>
    /// The key, the same on every node and for ever; made at the first call of an installation. Not called within a transaction, and
    /// cheap after the first call.
    /// </summary>
    /// <exception cref="IdentityKeyException">The stored key can't be read, or is gone while hashes made with it are there.</exception>
    ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken ct);
}
