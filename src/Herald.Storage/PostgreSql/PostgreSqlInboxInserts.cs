using System.Data.Common;
using Herald.Domain;
using Herald.Storage.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Herald.Storage.PostgreSql;

internal sealed class PostgreSqlInboxInserts : IInboxInserts
{
    // One statement for all rows. In order of hash, so that two nodes with the same deliveries do not wait for each other.
    private const string Sql =
        """
        INSERT INTO webhook_inbox (delivery_id, body_hash, body, state, attempts, error, receive_time, next_time, done_time)
        SELECT id, hash, body, 1, 0, '', receive_time, receive_time, NULL
        FROM unnest(@Ids, @Hashes, @Bodies, @Times) AS d (id, hash, body, receive_time)
        ORDER BY hash
        ON CONFLICT DO NOTHING
        """;

    public async Task<int> InsertAsync(DbTransaction transaction, IReadOnlyList<InboxDelivery> deliveries, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, (NpgsqlConnection?)transaction.Connection, (NpgsqlTransaction)transaction);
        command.Parameters.Add(new("Ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = deliveries.Select(d => d.Id).ToArray() });
        command.Parameters.Add(new("Hashes", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = deliveries.Select(d => d.BodyHash).ToArray() });
        command.Parameters.Add(new("Bodies", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = deliveries.Select(d => d.Body).ToArray() });
        command.Parameters.Add(new("Times", NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        {
            Value = deliveries.Select(d => Micros.FromTime(d.ReceiveTime)).ToArray(),
        });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
