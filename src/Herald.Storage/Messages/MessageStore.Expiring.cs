namespace Herald.Storage.Messages;

/// <summary>Queued messages that have become too late while nobody claimed them.</summary>
internal sealed partial class MessageStore
{
    private const string LatePick =
        """
        WITH picked AS MATERIALIZED (
          SELECT tenant_id, message_id FROM messages
          WHERE queue_stage = 10 AND state = 10 AND expire_time IS NOT NULL AND expire_time <= @Now ORDER BY expire_time LIMIT @Limit
        """;

    // State 72 is Expired.
    private const string LatePicked =
        $"""
        )
        UPDATE messages AS m SET state = 72, end_time = @Now, content = NULL, error_detail = {ClaimSql.LateDetail}
        WHERE m.state = 10 AND (m.tenant_id, m.message_id) IN (SELECT tenant_id, message_id FROM picked)
        """;

    // What is being claimed is decided there.
    private readonly string _expireQueuedSql = dialect.Pick(LatePick + " FOR UPDATE SKIP LOCKED " + LatePicked, LatePick + LatePicked);

    public Task<int> ExpireQueuedAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ExecuteAsync(_expireQueuedSql, new { Now = now, Limit = limit }, ct);
}
