using Herald.Domain.Campaigns;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Templates;

internal sealed class TemplateStore(IDatabase database, IDialect dialect) : ITemplateStore
{
    private const string Columns =
        """
        tenant_id, template_id, waba_id, meta_template_id, name, language, category, state, rejected_reason, quality, definition,
        version, create_time, update_time
        """;

    private const string InsertSql =
        $"""
        INSERT INTO templates ({Columns})
        VALUES (@TenantId, @TemplateId, @WabaId, @MetaTemplateId, @Name, @Language, @Category, @State, @RejectedReason, @Quality, @Definition,
          1, @CreateTime, @UpdateTime)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql = $"SELECT {Columns} FROM templates WHERE tenant_id = @TenantId AND template_id = @TemplateId";

    private const string ListOfIds = $"SELECT {Columns} FROM templates WHERE tenant_id = @TenantId AND template_id ";

    private const string ListOfIdsOnPostgreSql = ListOfIds + SqlText.InIdsPostgreSql + " ORDER BY template_id";

    private const string ListOfIdsOnSqlite = ListOfIds + SqlText.InIdsSqlite + " ORDER BY template_id";

    // State 0 stands for any.
    private const string ListSql =
        $"""
        SELECT {Columns} FROM templates
        WHERE tenant_id = @TenantId AND template_id > @After AND (@State = 0 OR state = @State)
        ORDER BY template_id LIMIT @PageSize
        """;

    private const string UpdateSql =
        $"""
        UPDATE templates
        SET meta_template_id = @MetaTemplateId, category = @Category, state = @State, rejected_reason = @RejectedReason, quality = @Quality,
            definition = @Definition, version = version + 1, update_time = @UpdateTime
        WHERE tenant_id = @TenantId AND template_id = @TemplateId AND version = @Version
        RETURNING {Columns}
        """;

    private const string UserSql = SqlText.UnfinishedCampaign + "template_id = @TemplateId LIMIT 1";

    private const string DeleteSql = "DELETE FROM templates WHERE tenant_id = @TenantId AND template_id = @TemplateId";

    private const string FindByMetaIdSql =
        $"SELECT {Columns} FROM templates WHERE meta_template_id = @MetaTemplateId ORDER BY tenant_id, template_id";

    private const string FindByNameSql =
        $"SELECT {Columns} FROM templates WHERE waba_id = @WabaId AND name = @Name AND language = @Language ORDER BY tenant_id, template_id";

    private readonly string _listOfIdsSql = dialect.Pick(ListOfIdsOnPostgreSql, ListOfIdsOnSqlite);

    private readonly string _lockSql = dialect.Pick(GetSql + " FOR UPDATE", GetSql);

    public Task<TemplateInsertResult> InsertAsync(TemplateRow row, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        if (await transaction.ExecuteAsync(InsertSql, row, ct) == 1)
            return TemplateInsertResult.Inserted;
        return await transaction.FindAsync<TemplateRow>(GetSql, row, ct) is null ? TemplateInsertResult.NameTaken : TemplateInsertResult.IdExists;
    }, ct);

    public Task<TemplateRow?> GetAsync(TenantId tenant, TemplateId template, CancellationToken ct) =>
        database.FindAsync<TemplateRow>(GetSql, new { TenantId = tenant, TemplateId = template }, ct);

    public Task<IReadOnlyList<TemplateRow>> ListAsync(TenantId tenant, IReadOnlyList<TemplateId> templates, CancellationToken ct) =>
        database.ListAsync<TemplateRow>(_listOfIdsSql, new { TenantId = tenant, Ids = IdSet.Of(templates) }, ct);

    public Task<IReadOnlyList<TemplateRow>> ListAsync(TenantId tenant, TemplateState? state, TemplateId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<TemplateRow>(
            ListSql, new { TenantId = tenant, State = state ?? 0, After = after ?? default, PageSize = pageSize }, ct);

    public Task<TemplateRow?> UpdateAsync(TemplateRow row, CancellationToken ct) => database.WriteAndFindAsync<TemplateRow>(UpdateSql, row, ct);

    public Task<bool> DeleteAsync(TenantId tenant, TemplateId template, long version, CancellationToken ct) =>
        database.WriteAsync(async (_, transaction) =>
        {
            var key = new { TenantId = tenant, TemplateId = template };
            if (await transaction.FindAsync<TemplateRow>(_lockSql, key, ct) is not { } row || row.Version != version
                || await transaction.FindAsync<CampaignId?>(UserSql, key, ct) is not null)
            {
                return false;
            }
            return await transaction.ExecuteAsync(DeleteSql, key, ct) == 1;
        }, ct);

    public Task<IReadOnlyList<TemplateRow>> FindByMetaIdAsync(string metaTemplateId, CancellationToken ct) =>
        database.ListAsync<TemplateRow>(FindByMetaIdSql, new { MetaTemplateId = metaTemplateId }, ct);

    public Task<IReadOnlyList<TemplateRow>> FindByNameAsync(string wabaId, string name, string language, CancellationToken ct) =>
        database.ListAsync<TemplateRow>(FindByNameSql, new { WabaId = wabaId, Name = name, Language = language }, ct);
}
