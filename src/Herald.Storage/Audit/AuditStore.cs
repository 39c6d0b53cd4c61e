using Herald.Domain.Tenants;

namespace Herald.Storage.Audit;

internal sealed class AuditStore(IDatabase database) : IAuditStore
{
    private const string Columns = "tenant_id, audit_id, time, actor, action, resource, outcome, peer, detail";

    private const string InsertSql =
        $"""
        INSERT INTO audit_log ({Columns})
        VALUES (@TenantId, @AuditId, @Time, @Actor, @Action, @Resource, @Outcome, @Peer, @Detail)
        ON CONFLICT DO NOTHING
        """;

    private const string ListSql =
        $"SELECT {Columns} FROM audit_log WHERE tenant_id = @TenantId AND audit_id < @After ORDER BY audit_id DESC LIMIT @PageSize";

    public Task AppendAsync(AuditRow row, CancellationToken ct) => database.ExecuteAsync(InsertSql, row, ct);

    public Task<IReadOnlyList<AuditRow>> ListAsync(TenantId tenant, Guid? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<AuditRow>(ListSql, new { TenantId = tenant, After = after ?? StoreQueries.IdMax, PageSize = pageSize }, ct);
}
