using System.Data.Common;
using Herald.Storage.Webhooks;

namespace Herald.Storage.Sqlite;

internal sealed class SqliteInboxInserts : IInboxInserts
{
    private const string Sql =
        """
        INSERT INTO webhook_inbox (delivery_id, body_hash, body, state, attempts, error, receive_time, next_time, done_time)
        VALUES (@Id, @BodyHash, @Body, 1, 0, '', @ReceiveTime, @ReceiveTime, NULL)
        ON CONFLICT DO NOTHING
        """;

    public async Task<int> InsertAsync(DbTransaction transaction, IReadOnlyList<InboxDelivery> deliveries, CancellationToken ct)
    {
        var stored = 0;
        foreach (var delivery in deliveries)
            stored += await transaction.ExecuteAsync(Sql, delivery, ct);
        return stored;
    }
}
