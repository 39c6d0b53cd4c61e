using System.Data.Common;
using Herald.Domain;
using Herald.Domain.Messages;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;

namespace Herald.Storage.Sqlite;

/// <summary>An immediate transaction excludes every other writer, so there is nothing to lock. The database's time is this process'.</summary>
internal sealed partial class SqliteMessageBatches(PortfolioGate portfolios, TimeProvider time) : IMessageBatches
{
    private const string ReadSql =
        $"SELECT {SqliteMessageRow.RowColumns} FROM messages m WHERE m.tenant_id = @TenantId AND m.message_id = @MessageId";

    private const string SetSql =
        """
        UPDATE messages
        SET state = @State, suppression_reason = @Reason, error_code = @Code, error_detail = @Detail, due_time = @Due, claim_expire_time = @Expire,
            accept_time = @Accept, sent_time = @Sent, delivered_time = @Delivered, read_time = @Read, end_time = @End,
            content = CASE WHEN @Drops THEN NULL ELSE content END, price = @Price, fail_time = @FailTime, fail_code = @FailCode
        """;

    private const string WriteSql = SetSql + " WHERE rowid = @RowId";

    private const string WriteWithWamidSql = SetSql + ", wamid = @Wamid WHERE rowid = @RowId";

    private const string FindSql =
        "SELECT message_id FROM messages WHERE tenant_id = @TenantId AND wamid = @Wamid AND wamid IS NOT NULL ORDER BY message_id LIMIT 1";

    // Outcome 0 is Open, 3 is Unknown.
    private const string CloseSql =
        """
        UPDATE message_attempts SET outcome = @Outcome, error_code = @Code, end_time = MAX(@End, start_time), latency_ms = @Latency, retry_time = COALESCE(@Retry, retry_time)
        WHERE tenant_id = @TenantId AND message_id = @MessageId AND attempt = @Attempt AND epoch = @Epoch AND outcome IN (0, 3)
        """;

    private static readonly string[] WriteParameters =
    [
        "@RowId", "@State", "@Reason", "@Code", "@Detail", "@Due", "@Expire", "@Accept", "@Sent", "@Delivered", "@Read", "@End", "@Drops", "@Price",
        "@FailTime", "@FailCode",
    ];

    public bool HasLocks => false;

    public Task<IReadOnlyList<MessageProgress>> LockAsync(DbTransaction transaction, IReadOnlyCollection<MessageKey> keys, CancellationToken ct) =>
        ReadAsync(transaction, keys, ct);

    public async Task<IReadOnlyList<MessageProgress>> ReadAsync(
        DbTransaction transaction, IReadOnlyCollection<MessageKey> keys, CancellationToken ct)
    {
        var messages = new List<MessageProgress>(keys.Count);
        await using var statement = new SqliteStatement(transaction, ReadSql, "@TenantId", "@MessageId");
        foreach (var key in keys)
        {
            if (statement.Read(SqliteMessageRow.Read, key.TenantId.Value, key.MessageId.Value) is { } message)
                messages.Add(message);
        }
        return messages;
    }

    public async Task<bool> WriteAsync(DbTransaction transaction, IReadOnlyList<MessageProgress> messages, CancellationToken ct)
    {
        // An index is written whenever one of its columns is set, to the value it has, too; and a wamid stands anywhere in its index, so that each would
        // change a page of its own.
        await using var statement = new SqliteStatement(transaction, WriteSql, WriteParameters);
        await using var withWamid = new SqliteStatement(transaction, WriteWithWamidSql, [.. WriteParameters, "@Wamid"]);
        foreach (var m in messages.Cast<SqliteMessageRow>())
        {
            object?[] values =
            [
                m.RowId, (int)m.State, (int)m.SuppressionReason, m.ErrorCode, m.ErrorDetail, Micros.FromTime(m.DueTime), Stored(m.ClaimExpireTime),
                Stored(m.AcceptTime), Stored(m.SentTime), Stored(m.DeliveredTime), Stored(m.ReadTime), Stored(m.EndTime), m.DropsContent,
                m.Price, Stored(m.FailTime), m.FailCode,
            ];
            if (m.HasNewWamid)
                withWamid.Execute([.. values, m.Wamid]);
            else
                statement.Execute(values);
        }
        return true;
    }

    public async Task<IReadOnlyDictionary<WamidKey, MessageId>> FindAsync(
        DbTransaction transaction, IReadOnlyCollection<WamidKey> wamids, CancellationToken ct)
    {
        var found = new Dictionary<WamidKey, MessageId>();
        await using var statement = new SqliteStatement(transaction, FindSql, "@TenantId", "@Wamid");
        foreach (var key in wamids)
        {
            if (statement.Read(reader => reader.GetString(0), key.TenantId.Value, key.Wamid) is { } id)
                found[key] = MessageId.Parse(id);
        }
        return found;
    }

    public async Task CloseAsync(DbTransaction transaction, IReadOnlyList<AttemptEnd> attempts, CancellationToken ct)
    {
        await using var statement = new SqliteStatement(
            transaction, CloseSql, "@Outcome", "@Code", "@End", "@Latency", "@Retry", "@TenantId", "@MessageId", "@Attempt", "@Epoch");
        foreach (var a in attempts)
        {
            statement.Execute(
                (int)a.Outcome, a.ErrorCode, Micros.FromTime(a.EndTime), a.LatencyMs, Stored(a.RetryTime), a.TenantId.Value, a.MessageId.Value, a.Attempt, a.Epoch);
        }
    }

    private static long? Stored(DateTimeOffset? time) => time is { } value ? Micros.FromTime(value) : null;
}
