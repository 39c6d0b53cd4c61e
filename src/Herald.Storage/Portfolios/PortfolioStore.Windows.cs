using System.Data.Common;
using System.Text.Json;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Portfolios;

/// <summary>What the limit put off, when its person writes: inside the window that this opens they count against no limit.</summary>
internal sealed partial class PortfolioStore
{
    private const int WindowsMax = 1_000;

    private const string WritersPostgreSql = "json_to_recordset(CAST(@Rows AS json)) AS r (tenant uuid, sender uuid, contact uuid)";

    private const string WritersSqlite =
        "(SELECT value ->> 'tenant' AS tenant, value ->> 'sender' AS sender, value ->> 'contact' AS contact FROM json_each(@Rows)) r";

    private const string FreedHead = "SELECT s.portfolio_id, m.tenant_id, m.sender_id, m.message_id, m.class, m.due_time FROM ";

    // Where nothing is put off at all, the first condition ends it. State 10 is Queued; "+ 0" keeps the index of the queue out of it, and OFFSET 0 has each
    // person looked up by key.
    private const string FreedFromPostgreSql =
        $"""
        {WritersPostgreSql}
        CROSS JOIN LATERAL (
          SELECT tenant_id, sender_id, message_id, class, due_time FROM messages
          WHERE tenant_id = r.tenant AND contact_id = r.contact AND sender_id = r.sender AND state + 0 = 10 AND due_time = limit_due_time AND due_time > @Now
          OFFSET 0) m
        """;

    private const string FreedFromSqlite =
        $"""
        {WritersSqlite}
        CROSS JOIN messages m ON m.tenant_id = r.tenant AND m.contact_id = r.contact AND m.sender_id = r.sender AND m.state + 0 = 10
          AND m.due_time = m.limit_due_time AND m.due_time > @Now
        """;

    private const string FreedTail =
        """

        JOIN senders s ON s.tenant_id = m.tenant_id AND s.sender_id = m.sender_id AND s.portfolio_id IS NOT NULL
        WHERE EXISTS (SELECT 1 FROM messages q WHERE q.queue_stage = 10 AND q.state = 10 AND q.due_time = q.limit_due_time)
        ORDER BY s.portfolio_id, m.tenant_id, m.message_id
        """;

    private readonly string _freedSql = dialect.Pick(FreedHead + FreedFromPostgreSql + FreedTail, FreedHead + FreedFromSqlite + FreedTail);

    public async Task<int> FreeAsync(IReadOnlyCollection<OpenWindow> windows, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var moved = 0;
        foreach (var some in windows.Distinct().Chunk(WindowsMax))
        {
            var rows = some.Select(window => new { tenant = Text(window.TenantId.Value), sender = Text(window.SenderId.Value), contact = Text(window.ContactId.Value) });
            var freed = await database.ListAsync<Freed>(_freedSql, new { Rows = JsonSerializer.Serialize(rows), Now = now }, ct);
            foreach (var ofPortfolio in freed.GroupBy(message => message.PortfolioId, StringComparer.Ordinal))
                moved += await database.WriteAsync((_, transaction) => FreeAsync(transaction, ofPortfolio.Key, now, [.. ofPortfolio], ct), ct);
        }
        return moved;
    }

    /// <summary>As when there is room again, behind the lock of the portfolio: claims count in turn with this.</summary>
    private async Task<int> FreeAsync(DbTransaction transaction, string portfolioId, DateTimeOffset now, IReadOnlyList<Freed> freed, CancellationToken ct)
    {
        if (_byKeySql.Length > 0)
            await transaction.ExecuteAsync(_byKeySql, null, ct);
        if (await transaction.FindAsync<PortfolioRow>(_lockForHoldsSql, new { PortfolioId = portfolioId }, ct) is null)
            return 0;
        return await WriteAsync(transaction, portfolioId, now, [.. freed.Select(message => message.ToPutOff())], ct);
    }

    private sealed class Freed
    {
        public string PortfolioId { get; init; } = "";

        public TenantId TenantId { get; init; }

        public SenderId SenderId { get; init; }

        public MessageId MessageId { get; init; }

        public MessageClass Class { get; init; }

        public DateTimeOffset DueTime { get; init; }

        public PutOff ToPutOff() => new() { TenantId = TenantId, SenderId = SenderId, MessageId = MessageId, Class = Class, DueTime = DueTime };
    }
}
