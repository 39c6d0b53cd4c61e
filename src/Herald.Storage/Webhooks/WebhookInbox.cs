namespace Herald.Storage.Webhooks;

internal sealed class WebhookInbox(IDatabase database, IInboxInserts inserts, IDialect dialect, TimeProvider time) : IWebhookInbox
{
    private const string Columns = "delivery_id AS id, body, state, attempts, error, receive_time, next_time";

    // State 1 is Waiting, 2 is Done, 3 is Dead.
    private const string NextSql =
        $"SELECT {Columns} FROM webhook_inbox WHERE state = 1 AND next_time <= @Now ORDER BY delivery_id LIMIT @Limit";

    private const string DoneSql = "UPDATE webhook_inbox SET state = 2, done_time = @Now WHERE state = 1 AND delivery_id";

    private const string RetrySql =
        "UPDATE webhook_inbox SET attempts = attempts + 1, error = @Error, next_time = @NextTime WHERE state = 1 AND delivery_id = @Id";

    private const string ParkSql =
        "UPDATE webhook_inbox SET state = 3, attempts = attempts + 1, error = @Error WHERE state = 1 AND delivery_id = @Id";

    private const string ListDeadSql =
        $"SELECT {Columns} FROM webhook_inbox WHERE state = 3 AND delivery_id > @After ORDER BY delivery_id LIMIT @PageSize";

    private const string ReplaySql =
        "UPDATE webhook_inbox SET state = 1, attempts = 0, error = '', next_time = @Now WHERE state = 3 AND delivery_id = @Id";

    private const string PurgeSql =
        """
        DELETE FROM webhook_inbox WHERE delivery_id IN
          (SELECT delivery_id FROM webhook_inbox WHERE state = 2 AND done_time < @Before ORDER BY done_time LIMIT @Limit)
        """;

    private const string CountUnknownSql =
        """
        INSERT INTO webhook_unknown_kinds (kind, count, first_time, last_time) VALUES (@Kind, @Count, @Now, @Now)
        ON CONFLICT (kind) DO UPDATE SET count = webhook_unknown_kinds.count + excluded.count, last_time = excluded.last_time
        """;

    private readonly string _doneSql = dialect.Pick(DoneSql + SqlText.InIdsPostgreSql, DoneSql + SqlText.InIdsSqlite);

    public Task<int> StoreAsync(IReadOnlyList<InboxDelivery> deliveries, CancellationToken ct) =>
        inserts.StoreAsync(deliveries, deliveries.All(delivery => delivery.CanWait) ? SignalChannels.InboxStatuses : "", ct);

    public Task<IReadOnlyList<InboxRow>> NextAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ListAsync<InboxRow>(NextSql, new { Now = now, Limit = limit }, ct);

    public Task<int> DoneAsync(IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken ct) =>
        database.ExecuteAsync(_doneSql, new { Ids = new IdSet([.. ids]), Now = now }, ct);

    public async Task<bool> RetryAsync(Guid id, string error, DateTimeOffset nextTime, CancellationToken ct) =>
        await database.ExecuteAsync(RetrySql, new { Id = id, Error = error, NextTime = nextTime }, ct) == 1;

    public async Task<bool> ParkAsync(Guid id, string error, CancellationToken ct) =>
        await database.ExecuteAsync(ParkSql, new { Id = id, Error = error }, ct) == 1;

    public Task<IReadOnlyList<InboxRow>> ListDeadAsync(Guid? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<InboxRow>(ListDeadSql, new { After = after ?? Guid.Empty, PageSize = pageSize }, ct);

    public Task<bool> ReplayAsync(Guid id, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        if (await transaction.ExecuteAsync(ReplaySql, new { Id = id, Now = time.GetUtcNow() }, ct) == 0)
            return false;
        await database.NotifyAsync(transaction, SignalChannels.Inbox, "", ct);
        return true;
    }, ct);

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        database.ExecuteAsync(PurgeSql, new { Before = before, Limit = limit }, ct);

    public Task CountUnknownAsync(IReadOnlyDictionary<string, long> counts, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(async (_, transaction) =>
        {
            // In one order everywhere, so that two nodes do not wait for each other.
            foreach (var (kind, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                await transaction.ExecuteAsync(CountUnknownSql, new { Kind = kind, Count = count, Now = now }, ct);
            return 0;
        }, ct);

    public Task<IReadOnlyList<UnknownKindRow>> ListUnknownAsync(CancellationToken ct) =>
        database.ListAsync<UnknownKindRow>("SELECT kind, count, first_time, last_time FROM webhook_unknown_kinds ORDER BY kind", null, ct);
}
