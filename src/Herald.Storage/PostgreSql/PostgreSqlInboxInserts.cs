using Herald.Domain;
using Herald.Storage.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Herald.Storage.PostgreSql;

internal sealed class PostgreSqlInboxInserts(IDatabase database) : IInboxInserts
{
    // One statement for all rows and the signal, which commits by itself: under load the way to the server and back costs more than the rows do.
    // In order of hash, so that two nodes with the same deliveries do not wait for each other.
    private const string Sql =
        """
        WITH stored AS (
          INSERT INTO webhook_inbox (delivery_id, body_hash, body, state, attempts, error, receive_time, next_time, done_time)
          SELECT id, hash, body, 1, 0, '', receive_time, receive_time, NULL
          FROM unnest(@Ids, @Hashes, @Bodies, @Times) AS d (id, hash, body, receive_time)
          ORDER BY hash
          ON CONFLICT DO NOTHING
          RETURNING 1
        )
        SELECT COUNT(*)::integer, CASE WHEN COUNT(*) > 0 THEN pg_notify(@Channel, @Signal)::text END FROM stored
        """;

    public async Task<int> StoreAsync(IReadOnlyList<InboxDelivery> deliveries, string signal, CancellationToken ct)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(ct);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new("Ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = deliveries.Select(d => d.Id).ToArray() });
        command.Parameters.Add(new("Hashes", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = deliveries.Select(d => d.BodyHash).ToArray() });
        command.Parameters.Add(new("Bodies", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = deliveries.Select(d => d.Body).ToArray() });
        command.Parameters.Add(new("Times", NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        {
            Value = deliveries.Select(d => Micros.FromTime(d.ReceiveTime)).ToArray(),
        });
        command.Parameters.Add(new("Channel", NpgsqlDbType.Text) { Value = SignalChannels.Inbox });
        command.Parameters.Add(new("Signal", NpgsqlDbType.Text) { Value = signal });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
