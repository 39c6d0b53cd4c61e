using System.Data.Common;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using NpgsqlTypes;

namespace Herald.Storage.PostgreSql;

internal sealed partial class PostgreSqlMessageBatches(PortfolioGate portfolios) : IMessageBatches
{
    // A row's place and version, which change with every change of the row and with nothing else. Written by place: it saves the way through the index.
    private const string Columns = $"m.ctid AS place, m.xmin AS version, {MessageProgress.Columns}";

    private const string ReadSql =
        $"""
        SELECT {Columns}
        FROM unnest(@Tenants, @Messages) AS k (tenant_id, message_id)
        JOIN messages m ON m.tenant_id = k.tenant_id AND m.message_id = k.message_id
        """;

    private const string LockSql = ReadSql + " FOR UPDATE OF m";

    // Side by side in a SELECT, as long as each other, the arrays become rows at a third of what they cost as one function in FROM.
    private const string WriteSql =
        """
        UPDATE messages m
        SET state = w.state, suppression_reason = w.reason, error_code = w.code, error_detail = w.detail, due_time = w.due,
            claim_expire_time = w.expire, wamid = w.wamid, accept_time = w.accept, sent_time = w.sent, delivered_time = w.delivered,
            read_time = w.read, end_time = w.done, price = w.price, fail_time = w.fail_time, fail_code = w.fail_code,
            content = CASE WHEN w.drops_content THEN NULL ELSE m.content END
        FROM (SELECT unnest(@Places::tid[]) AS place, unnest(@Versions) AS version, unnest(@Messages) AS message_id, unnest(@States) AS state,
          unnest(@Reasons) AS reason, unnest(@Codes) AS code, unnest(@Details) AS detail, unnest(@Dues) AS due, unnest(@Expires) AS expire,
          unnest(@Wamids) AS wamid, unnest(@Accepts) AS accept, unnest(@Sents) AS sent, unnest(@Delivereds) AS delivered, unnest(@Reads) AS read,
          unnest(@Ends) AS done, unnest(@Drops) AS drops_content, unnest(@Prices) AS price, unnest(@FailTimes) AS fail_time,
          unnest(@FailCodes) AS fail_code) w
        WHERE m.ctid = w.place AND m.xmin = w.version AND m.message_id = w.message_id
        """;

    private const string FindSql =
        """
        SELECT m.tenant_id, m.wamid, m.message_id
        FROM unnest(@Tenants, @Wamids) AS k (tenant_id, wamid)
        JOIN messages m ON m.tenant_id = k.tenant_id AND m.wamid = k.wamid
        """;

    // Outcome 0 is Open, 3 is Unknown. A status that came before the answer may have put the message off already. Another node's clock, or Meta's whole seconds, may put the end before the start.
    private const string CloseSql =
        """
        UPDATE message_attempts a
        SET outcome = w.outcome, error_code = w.code, end_time = GREATEST(w.done, a.start_time), latency_ms = w.latency,
            retry_time = COALESCE(w.retry, a.retry_time)
        FROM (SELECT unnest(@Tenants) AS tenant_id, unnest(@Messages) AS message_id, unnest(@Attempts) AS attempt, unnest(@Epochs) AS epoch,
          unnest(@Outcomes) AS outcome, unnest(@Codes) AS code, unnest(@Ends) AS done, unnest(@Latencies) AS latency, unnest(@Retries) AS retry) w
        WHERE a.tenant_id = w.tenant_id AND a.message_id = w.message_id AND a.attempt = w.attempt AND a.epoch = w.epoch AND a.outcome IN (0, 3)
        """;

    public bool HasLocks => true;

    public Task<IReadOnlyList<MessageProgress>> LockAsync(DbTransaction transaction, IReadOnlyCollection<MessageKey> keys, CancellationToken ct) =>
        ReadAsync(transaction, LockSql, keys, ct);

    public Task<IReadOnlyList<MessageProgress>> ReadAsync(DbTransaction transaction, IReadOnlyCollection<MessageKey> keys, CancellationToken ct) =>
        ReadAsync(transaction, ReadSql, keys, ct);

    public async Task<bool> WriteAsync(DbTransaction transaction, IReadOnlyList<MessageProgress> messages, CancellationToken ct)
    {
        List<Row> rows = [.. messages.Cast<Row>()];
        var written = await transaction.ExecuteAsync(WriteSql, new
        {
            Places = PgArray.Places(rows, m => m.Place),
            Versions = PgArray.Versions(rows, m => m.Version),
            Messages = PgArray.Uuids(rows, m => m.MessageId.Value),
            States = PgArray.Numbers(rows, m => (int)m.State),
            Reasons = PgArray.Numbers(rows, m => (int)m.SuppressionReason),
            Codes = PgArray.Numbers(rows, m => m.ErrorCode),
            Details = PgArray.Texts(rows, m => m.ErrorDetail),
            Dues = PgArray.Times(rows, m => m.DueTime),
            Expires = PgArray.Times(rows, m => m.ClaimExpireTime),
            Wamids = PgArray.Texts(rows, m => m.Wamid),
            Accepts = PgArray.Times(rows, m => m.AcceptTime),
            Sents = PgArray.Times(rows, m => m.SentTime),
            Delivereds = PgArray.Times(rows, m => m.DeliveredTime),
            Reads = PgArray.Times(rows, m => m.ReadTime),
            Ends = PgArray.Times(rows, m => m.EndTime),
            Drops = PgArray.Flags(rows, m => m.DropsContent),
            Prices = PgArray.OptionalNumbers(rows, m => m.Price),
            FailTimes = PgArray.Times(rows, m => m.FailTime),
            FailCodes = PgArray.OptionalNumbers(rows, m => m.FailCode),
        }, ct);
        return written == rows.Count;
    }

    public async Task<IReadOnlyDictionary<WamidKey, MessageId>> FindAsync(
        DbTransaction transaction, IReadOnlyCollection<WamidKey> wamids, CancellationToken ct)
    {
        var found = new Dictionary<WamidKey, MessageId>();
        if (wamids.Count == 0)
            return found;
        var rows = await transaction.ListAsync<Found>(FindSql, new
        {
            Tenants = PgArray.Uuids(wamids, key => key.TenantId.Value),
            Wamids = PgArray.Texts(wamids, key => key.Wamid),
        }, ct);
        foreach (var row in rows)
            found[new WamidKey(row.TenantId, row.Wamid)] = row.MessageId;
        return found;
    }

    public async Task CloseAsync(DbTransaction transaction, IReadOnlyList<AttemptEnd> attempts, CancellationToken ct)
    {
        if (attempts.Count == 0)
            return;
        await transaction.ExecuteAsync(CloseSql, new
        {
            Tenants = PgArray.Uuids(attempts, a => a.TenantId.Value),
            Messages = PgArray.Uuids(attempts, a => a.MessageId.Value),
            Attempts = PgArray.Numbers(attempts, a => a.Attempt),
            Epochs = PgArray.Longs(attempts, a => a.Epoch),
            Outcomes = PgArray.Numbers(attempts, a => (int)a.Outcome),
            Codes = PgArray.Numbers(attempts, a => a.ErrorCode),
            Ends = PgArray.Times(attempts, a => a.EndTime),
            Latencies = PgArray.OptionalNumbers(attempts, a => a.LatencyMs),
            Retries = PgArray.Times(attempts, a => a.RetryTime),
        }, ct);
    }

    private static async Task<IReadOnlyList<MessageProgress>> ReadAsync(
        DbTransaction transaction, string sql, IReadOnlyCollection<MessageKey> keys, CancellationToken ct)
    {
        // Looked up one after another in this order, in which they are locked, here or by the write that follows. Sorted by the server, the whole
        // table would be read in order where sorts are off.
        List<MessageKey> inOrder = [.. keys.OrderBy(key => key.TenantId.Value).ThenBy(key => key.MessageId.Value)];
        await transaction.ExecuteAsync(PostgreSqlPlanner.ByKeySql, null, ct);
        return await transaction.ListAsync<Row>(sql, new
        {
            Tenants = PgArray.Uuids(inOrder, key => key.TenantId.Value),
            Messages = PgArray.Uuids(inOrder, key => key.MessageId.Value),
        }, ct);
    }

    private sealed class Row : MessageProgress
    {
        public NpgsqlTid Place { get; init; }

        public uint Version { get; init; }
    }

    private sealed class Found
    {
        public TenantId TenantId { get; init; }

        public string Wamid { get; init; } = "";

        public MessageId MessageId { get; init; }
    }
}
