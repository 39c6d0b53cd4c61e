namespace Herald.Storage.Keys;

/// <summary>The data protection key ring, shared by all nodes.</summary>
public interface IDataProtectionKeyStore
{
    /// <summary>All elements, by name.</summary>
    Task<IReadOnlyList<DataProtectionKeyRow>> GetAllAsync(CancellationToken ct);

    /// <summary>Adds an element; one with the same name is kept as it was.</summary>
    Task InsertAsync(DataProtectionKeyRow row, CancellationToken ct);
}
