namespace Herald.Storage.Keys;

/// <summary>The one encrypted key of the suppressions.</summary>
public interface IIdentityKeyStore
{
    /// <summary>The encrypted key, or null before the first start.</summary>
    Task<byte[]?> FindAsync(CancellationToken ct);

    /// <summary>
    /// Stores the key unless there is one, and returns the one that is stored: of several nodes at once all get the same. Null, and nothing
    /// is stored, when suppressions made with another key exist.
    /// </summary>
    Task<byte[]?> AddAsync(byte[] cipher, DateTimeOffset now, CancellationToken ct);
}
