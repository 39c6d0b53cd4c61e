using Herald.Storage.Webhooks;

namespace Herald.Storage.Sqlite;

internal sealed class SqliteInboxInserts(IDatabase database) : IInboxInserts
{
    private const string Sql =
        """
        INSERT INTO webhook_inbox (delivery_id, body_hash, body, state, attempts, error, receive_time, next_time, done_time)
        VALUES (@Id, @BodyHash, @Body, 1, 0, '', @ReceiveTime, @ReceiveTime, NULL)
        ON CONFLICT DO NOTHING
        """;

    public Task<int> StoreAsync(IReadOnlyList<InboxDelivery> deliveries, string signal, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        var stored = 0;
        foreach (var delivery in deliveries)
            stored += await transaction.ExecuteAsync(Sql, delivery, ct);
        if (stored > 0)
            await database.NotifyAsync(transaction, SignalChannels.Inbox, signal, ct);
        return stored;
    }, ct);
}
