using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Senders;
using Herald.Storage.Leases;

namespace Herald.Storage.Tenants;

internal sealed class SenderPaceStore(IDatabase database, IDialect dialect) : ISenderPaceStore
{
    private const string Columns = "tenant_id, sender_id, epoch, rate, hold_time, pairs, level_time, update_time";

    private const string ListHead = $"SELECT {Columns} FROM sender_paces WHERE sender_id";

    private const string SavePostgreSql =
        $"""
        INSERT INTO sender_paces ({Columns})
        SELECT r.tenant_id, r.sender_id, r.epoch, r.rate, r.hold_time, r.pairs, r.level_time, r.update_time
        FROM jsonb_to_recordset(CAST(@Rows AS jsonb)) AS r (tenant_id uuid, sender_id uuid, lease_name text, epoch bigint, rate double precision,
          hold_time bigint, pairs text, level_time bigint, update_time bigint)
        JOIN leases l ON l.lease_name = r.lease_name AND l.node = @Node AND l.epoch = r.epoch
        ORDER BY r.tenant_id, r.sender_id
        {OnConflict}
        """;

    private const string SaveSqlite =
        $"""
        INSERT INTO sender_paces ({Columns})
        SELECT json_extract(value, '$.tenant_id'), json_extract(value, '$.sender_id'), json_extract(value, '$.epoch'), json_extract(value, '$.rate'),
          json_extract(value, '$.hold_time'), json_extract(value, '$.pairs'), json_extract(value, '$.level_time'), json_extract(value, '$.update_time')
        FROM json_each(@Rows) CROSS JOIN leases l
          ON l.lease_name = json_extract(value, '$.lease_name') AND l.node = @Node AND l.epoch = json_extract(value, '$.epoch')
        WHERE true
        {OnConflict}
        """;

    private const string OnConflict =
        """
        ON CONFLICT (tenant_id, sender_id) DO UPDATE
        SET epoch = excluded.epoch, rate = excluded.rate, hold_time = excluded.hold_time, pairs = excluded.pairs, level_time = excluded.level_time,
            update_time = excluded.update_time
        WHERE sender_paces.epoch <= excluded.epoch
        """;

    private readonly string _saveSql = dialect.Pick(SavePostgreSql, SaveSqlite);

    private readonly string _listSql = ListHead + dialect.Pick(SqlText.InIdsPostgreSql, SqlText.InIdsSqlite);

    public Task<int> SaveAsync(IReadOnlyCollection<SenderPaceRow> rows, string node, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Count == 0 ? Task.FromResult(0) : database.ExecuteAsync(_saveSql, new { Rows = ToJson(rows), Node = node }, ct);
    }

    public Task<IReadOnlyList<SenderPaceRow>> ListAsync(IReadOnlyCollection<SenderId> senders, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(senders);
        return senders.Count == 0
            ? Task.FromResult<IReadOnlyList<SenderPaceRow>>([])
            : database.ListAsync<SenderPaceRow>(_listSql, new { Ids = IdSet.Of(senders) }, ct);
    }

    /// <summary>Ids as SQLite stores them, which PostgreSQL reads as well.</summary>
    private static string ToJson(IReadOnlyCollection<SenderPaceRow> rows) => JsonSerializer.Serialize(rows.Select(row => new Dictionary<string, object?>
    {
        ["tenant_id"] = row.TenantId.Value.ToString("D").ToUpperInvariant(),
        ["sender_id"] = row.SenderId.Value.ToString("D").ToUpperInvariant(),
        ["lease_name"] = LeaseNames.Sender(row.TenantId, row.SenderId),
        ["epoch"] = row.Epoch,
        ["rate"] = row.Rate,
        ["hold_time"] = row.HoldTime is { } hold ? Micros.FromTime(hold) : null,
        ["pairs"] = row.Pairs,
        ["level_time"] = Micros.FromTime(row.LevelTime),
        ["update_time"] = Micros.FromTime(row.UpdateTime),
    }));
}
