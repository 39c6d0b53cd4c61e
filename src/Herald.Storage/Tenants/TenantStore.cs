using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

internal sealed class TenantStore(IDatabase database) : ITenantStore
{
    private const string Columns =
        "tenant_id, kind, state, display_name, time_zone, default_region, language, version, create_time, update_time";

    private const string InsertSql =
        $"""
        INSERT INTO tenants ({Columns})
        VALUES (@TenantId, @Kind, @State, @DisplayName, @TimeZone, @DefaultRegion, @Language, 1, @CreateTime, @UpdateTime)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql = $"SELECT {Columns} FROM tenants WHERE tenant_id = @TenantId";

    // Kind 1 is Business, 2 is System.
    private const string ListSql = $"SELECT {Columns} FROM tenants WHERE kind = 1 AND tenant_id > @After ORDER BY tenant_id LIMIT @PageSize";

    private const string SystemSql = $"SELECT {Columns} FROM tenants WHERE kind = 2 ORDER BY tenant_id LIMIT 1";

    private const string UpdateSql =
        $"""
        UPDATE tenants
        SET state = @State, display_name = @DisplayName, time_zone = @TimeZone, default_region = @DefaultRegion, language = @Language,
            version = version + 1, update_time = @UpdateTime
        WHERE tenant_id = @TenantId AND version = @Version
        RETURNING {Columns}
        """;

    public async Task<bool> InsertAsync(TenantRow row, CancellationToken ct) => await database.ExecuteAsync(InsertSql, row, ct) == 1;

    public Task<TenantRow?> GetAsync(TenantId tenant, CancellationToken ct) =>
        database.FindAsync<TenantRow>(GetSql, new { TenantId = tenant }, ct);

    public Task<IReadOnlyList<TenantRow>> ListAsync(TenantId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<TenantRow>(ListSql, new { After = after ?? default, PageSize = pageSize }, ct);

    public Task<TenantRow?> UpdateAsync(TenantRow row, CancellationToken ct) => database.WriteAndFindAsync<TenantRow>(UpdateSql, row, ct);

    public Task<TenantRow?> GetSystemTenantAsync(CancellationToken ct) => database.FindAsync<TenantRow>(SystemSql, null, ct);
}
