namespace Herald.Storage.Keys;

internal sealed class IdentityKeyStore(IDatabase database) : IIdentityKeyStore
{
    private const string FindSql = "SELECT cipher FROM identity_keys WHERE key_id = 1";

    private const string InsertSql =
        """
        INSERT INTO identity_keys (key_id, cipher, create_time)
        SELECT 1, @Cipher, @Now WHERE NOT EXISTS (SELECT 1 FROM suppressions)
        ON CONFLICT DO NOTHING
        """;

    public Task<byte[]?> FindAsync(CancellationToken ct) => database.FindAsync<byte[]>(FindSql, null, ct);

    public Task<byte[]?> AddAsync(byte[] cipher, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        await transaction.ExecuteAsync(InsertSql, new { Cipher = cipher, Now = now }, ct);
        return await transaction.FindAsync<byte[]>(FindSql, null, ct);
    }, ct);
}
