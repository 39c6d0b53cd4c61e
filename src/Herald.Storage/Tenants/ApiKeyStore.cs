using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

internal sealed class ApiKeyStore(IDatabase database, IDialect dialect) : IApiKeyStore
{
    private const string Columns = "tenant_id, key_id, secret_hash, display_name, scopes, create_time, revoke_time";

    private const string InsertSql =
        $"""
        INSERT INTO api_keys ({Columns})
        VALUES (@TenantId, @KeyId, @SecretHash, @DisplayName, @Scopes, @CreateTime, @RevokeTime)
        ON CONFLICT DO NOTHING
        """;

    private const string FindSql = $"SELECT {Columns} FROM api_keys WHERE key_id = @KeyId";

    private const string ListSql = $"SELECT {Columns} FROM api_keys WHERE tenant_id = @TenantId ORDER BY create_time, key_id";

    private const string RevokeSql =
        "UPDATE api_keys SET revoke_time = @Now WHERE tenant_id = @TenantId AND key_id = @KeyId AND revoke_time IS NULL";

    private const string HoldTenantSql = "SELECT 1 FROM tenants WHERE tenant_id = @TenantId";

    private const string RevokeUnlessLastSql =
        """
        UPDATE api_keys SET revoke_time = @Now
        WHERE tenant_id = @TenantId AND key_id = @KeyId AND revoke_time IS NULL AND ((scopes & @Admin) = 0 OR EXISTS (
          SELECT 1 FROM api_keys o
          WHERE o.tenant_id = @TenantId AND o.key_id <> @KeyId AND o.revoke_time IS NULL AND (o.scopes & @Admin) <> 0))
        """;

    private const string IsValidSql = "SELECT 1 FROM api_keys WHERE tenant_id = @TenantId AND key_id = @KeyId AND revoke_time IS NULL";

    private const string AnySql = "SELECT EXISTS (SELECT 1 FROM api_keys)";

    // Of two revocations at once the later one waits, and then sees what the other left.
    private readonly string _holdTenantSql = dialect.Pick(HoldTenantSql + " FOR NO KEY UPDATE", HoldTenantSql);

    public async Task<bool> InsertAsync(ApiKeyRow row, CancellationToken ct) => await database.ExecuteAsync(InsertSql, row, ct) == 1;

    public Task<ApiKeyRow?> FindAsync(string keyId, CancellationToken ct) => database.FindAsync<ApiKeyRow>(FindSql, new { KeyId = keyId }, ct);

    public Task<IReadOnlyList<ApiKeyRow>> ListAsync(TenantId tenant, CancellationToken ct) =>
        database.ListAsync<ApiKeyRow>(ListSql, new { TenantId = tenant }, ct);

    public async Task<bool> RevokeAsync(TenantId tenant, string keyId, DateTimeOffset now, CancellationToken ct) =>
        await database.ExecuteAsync(RevokeSql, new { TenantId = tenant, KeyId = keyId, Now = now }, ct) == 1;

    public Task<ApiKeyRevocation> RevokeUnlessLastAdminAsync(TenantId tenant, string keyId, DateTimeOffset now, CancellationToken ct)
    {
        var key = new { TenantId = tenant, KeyId = keyId, Now = now, Admin = (int)ApiScopes.Admin };
        return database.WriteAsync(async (_, transaction) =>
        {
            await transaction.FindAsync<int?>(_holdTenantSql, key, ct);
            if (await transaction.ExecuteAsync(RevokeUnlessLastSql, key, ct) == 1)
                return ApiKeyRevocation.Revoked;
            return await transaction.FindAsync<int?>(IsValidSql, key, ct) is null ? ApiKeyRevocation.NothingToRevoke : ApiKeyRevocation.LastAdminKey;
        }, ct);
    }

    public Task<bool> AnyAsync(CancellationToken ct) => database.FindAsync<bool>(AnySql, null, ct);
}
