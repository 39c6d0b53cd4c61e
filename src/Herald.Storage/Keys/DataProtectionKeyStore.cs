namespace Herald.Storage.Keys;

internal sealed class DataProtectionKeyStore(IDatabase database) : IDataProtectionKeyStore
{
    public Task<IReadOnlyList<DataProtectionKeyRow>> GetAllAsync(CancellationToken ct) =>
        database.ListAsync<DataProtectionKeyRow>("SELECT key_id, xml FROM data_protection_keys ORDER BY key_id", null, ct);

    public Task InsertAsync(DataProtectionKeyRow row, CancellationToken ct) =>
        database.ExecuteAsync("INSERT INTO data_protection_keys (key_id, xml) VALUES (@KeyId, @Xml) ON CONFLICT DO NOTHING", row, ct);
}
