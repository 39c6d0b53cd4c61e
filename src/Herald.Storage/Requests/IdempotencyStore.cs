using Herald.Domain.Tenants;

namespace Herald.Storage.Requests;

internal sealed class IdempotencyStore(IDatabase database) : IIdempotencyStore
{
    private const string InsertSql =
        """
        INSERT INTO idempotent_requests (tenant_id, request_id, method, request_hash, resource_id, response, create_time)
        VALUES (@TenantId, @RequestId, @Method, @RequestHash, @ResourceId, NULL, @Now)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql =
        """
        SELECT method, request_hash, resource_id, response FROM idempotent_requests
        WHERE tenant_id = @TenantId AND request_id = @RequestId
        """;

    private const string CompleteSql =
        "UPDATE idempotent_requests SET response = @Response WHERE tenant_id = @TenantId AND request_id = @RequestId AND response IS NULL";

    private const string AbandonSql =
        "DELETE FROM idempotent_requests WHERE tenant_id = @TenantId AND request_id = @RequestId AND response IS NULL";

    private const string PurgeSql =
        """
        DELETE FROM idempotent_requests WHERE (tenant_id, request_id) IN
          (SELECT tenant_id, request_id FROM idempotent_requests WHERE create_time < @Before ORDER BY create_time LIMIT @Limit)
        """;

    public Task<IdempotentRequest> BeginAsync(
        TenantId tenant, string requestId, string method, byte[] requestHash, Guid newResourceId, DateTimeOffset now, CancellationToken ct)
    {
        var request = new { TenantId = tenant, RequestId = requestId, Method = method, RequestHash = requestHash, ResourceId = newResourceId, Now = now };
        return database.WriteAsync(async (_, transaction) =>
        {
            if (await transaction.ExecuteAsync(InsertSql, request, ct) == 1)
                return new IdempotentRequest { IsNew = true, ResourceId = newResourceId, Response = null, SameContent = true };
            var known = await transaction.FindAsync<Known>(GetSql, request, ct)
                ?? throw new InvalidOperationException("The request was purged while it ran.");
            return new IdempotentRequest
            {
                IsNew = false,
                ResourceId = known.ResourceId,
                Response = known.Response,
                SameContent = known.Method == method && known.RequestHash.AsSpan().SequenceEqual(requestHash),
            };
        }, ct);
    }

    public Task CompleteAsync(TenantId tenant, string requestId, byte[] response, CancellationToken ct) =>
        database.ExecuteAsync(CompleteSql, new { TenantId = tenant, RequestId = requestId, Response = response }, ct);

    public Task AbandonAsync(TenantId tenant, string requestId, CancellationToken ct) =>
        database.ExecuteAsync(AbandonSql, new { TenantId = tenant, RequestId = requestId }, ct);

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        database.ExecuteAsync(PurgeSql, new { Before = before, Limit = limit }, ct);

    private sealed class Known
    {
        public string Method { get; init; } = "";

        public byte[] RequestHash { get; init; } = [];

        public Guid ResourceId { get; init; }

        public byte[]? Response { get; init; }
    }
}
