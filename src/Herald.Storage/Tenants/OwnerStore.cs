using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

internal sealed class OwnerStore(IDatabase database) : IOwnerStore
{
    private const string Columns = "tenant_id, owner_id, phone, role, language, link_time, remove_time";

    private const string DropDeadCodeSql =
        "DELETE FROM owner_link_codes WHERE code_hash = @CodeHash AND (use_time IS NOT NULL OR expire_time <= @Now)";

    private const string InsertCodeSql =
        """
        INSERT INTO owner_link_codes (tenant_id, code_hash, role, language, create_time, expire_time, use_time)
        VALUES (@TenantId, @CodeHash, @Role, @Language, @Now, @Expire, NULL)
        ON CONFLICT DO NOTHING
        """;

    private const string UseCodeSql =
        """
        UPDATE owner_link_codes SET use_time = @Now
        WHERE code_hash = @CodeHash AND use_time IS NULL AND expire_time > @Now
        RETURNING tenant_id, role, language
        """;

    private const string LinkSql =
        $"""
        INSERT INTO owners ({Columns})
        VALUES (@TenantId, @OwnerId, @Phone, @Role, @Language, @Now, NULL)
        ON CONFLICT (phone, tenant_id) WHERE remove_time IS NULL
        DO UPDATE SET role = excluded.role, language = excluded.language, link_time = excluded.link_time
        RETURNING {Columns}
        """;

    private const string ListSql = $"SELECT {Columns} FROM owners WHERE tenant_id = @TenantId AND remove_time IS NULL ORDER BY owner_id";

    private const string GetSql = $"SELECT {Columns} FROM owners WHERE tenant_id = @TenantId AND owner_id = @OwnerId";

    private const string FindSql = $"SELECT {Columns} FROM owners WHERE phone = @Phone AND remove_time IS NULL ORDER BY tenant_id";

    private const string RemoveSql =
        "UPDATE owners SET remove_time = @Now WHERE tenant_id = @TenantId AND owner_id = @OwnerId AND remove_time IS NULL";

    private const string SetLanguageSql =
        "UPDATE owners SET language = @Language WHERE tenant_id = @TenantId AND owner_id = @OwnerId AND remove_time IS NULL";

    public Task<bool> CreateLinkCodeAsync(
        TenantId tenant, byte[] codeHash, OwnerRole role, string language, DateTimeOffset now, DateTimeOffset expire, CancellationToken ct)
    {
        var code = new { TenantId = tenant, CodeHash = codeHash, Role = role, Language = language, Now = now, Expire = expire };
        return database.WriteAsync(async (_, transaction) =>
        {
            await transaction.ExecuteAsync(DropDeadCodeSql, code, ct);
            return await transaction.ExecuteAsync(InsertCodeSql, code, ct) == 1;
        }, ct);
    }

    public Task<OwnerRow?> RedeemLinkCodeAsync(byte[] codeHash, string phone, OwnerId newOwnerId, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(async (_, transaction) =>
        {
            var code = await transaction.FindAsync<LinkCode>(UseCodeSql, new { CodeHash = codeHash, Now = now }, ct);
            if (code is null)
                return null;
            return await transaction.FindAsync<OwnerRow>(
                LinkSql, new { code.TenantId, OwnerId = newOwnerId, Phone = phone, code.Role, code.Language, Now = now }, ct);
        }, ct);

    public Task<IReadOnlyList<OwnerRow>> ListAsync(TenantId tenant, CancellationToken ct) =>
        database.ListAsync<OwnerRow>(ListSql, new { TenantId = tenant }, ct);

    public Task<OwnerRow?> GetAsync(TenantId tenant, OwnerId owner, CancellationToken ct) =>
        database.FindAsync<OwnerRow>(GetSql, new { TenantId = tenant, OwnerId = owner }, ct);

    public Task<IReadOnlyList<OwnerRow>> FindByPhoneAsync(string phone, CancellationToken ct) =>
        database.ListAsync<OwnerRow>(FindSql, new { Phone = phone }, ct);

    public async Task<bool> RemoveAsync(TenantId tenant, OwnerId owner, DateTimeOffset now, CancellationToken ct) =>
        await database.ExecuteAsync(RemoveSql, new { TenantId = tenant, OwnerId = owner, Now = now }, ct) == 1;

    public async Task<bool> SetLanguageAsync(TenantId tenant, OwnerId owner, string language, CancellationToken ct) =>
        await database.ExecuteAsync(SetLanguageSql, new { TenantId = tenant, OwnerId = owner, Language = language }, ct) == 1;

    private sealed class LinkCode
    {
        public TenantId TenantId { get; init; }

        public OwnerRole Role { get; init; }

        public string Language { get; init; } = "";
    }
}
