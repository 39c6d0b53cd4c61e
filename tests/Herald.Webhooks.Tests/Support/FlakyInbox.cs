using Herald.Storage.Webhooks;

namespace Herald.Webhooks.Tests.Support;

/// <summary>An inbox whose storing fails while it is told to, with what it is told.</summary>
internal sealed class FlakyInbox(IWebhookInbox inner) : IWebhookInbox
{
    public Exception? StoreFailure { get; set; }

    /// <summary>Completes when the store may go on; null lets it.</summary>
    public Task? StoreGate { get; set; }

    public async Task<int> StoreAsync(IReadOnlyList<InboxDelivery> deliveries, CancellationToken ct)
    {
        if (StoreFailure is { } failure)
            throw failure;
        if (StoreGate is { } gate)
            await gate;
        return await inner.StoreAsync(deliveries, ct);
    }

    public Task<IReadOnlyList<InboxRow>> NextAsync(DateTimeOffset now, int limit, CancellationToken ct) => inner.NextAsync(now, limit, ct);

    public Task<int> DoneAsync(IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken ct) => inner.DoneAsync(ids, now, ct);

    public Task<bool> RetryAsync(Guid id, string error, DateTimeOffset nextTime, CancellationToken ct) => inner.RetryAsync(id, error, nextTime, ct);

    public Task<bool> ParkAsync(Guid id, string error, CancellationToken ct) => inner.ParkAsync(id, error, ct);

    public Task<IReadOnlyList<InboxRow>> ListDeadAsync(Guid? after, int pageSize, CancellationToken ct) => inner.ListDeadAsync(after, pageSize, ct);

    public Task<bool> ReplayAsync(Guid id, CancellationToken ct) => inner.ReplayAsync(id, ct);

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken ct) => inner.PurgeAsync(before, limit, ct);

    public Task CountUnknownAsync(IReadOnlyDictionary<string, long> counts, DateTimeOffset now, CancellationToken ct) =>
        inner.CountUnknownAsync(counts, now, ct);

    public Task<IReadOnlyList<UnknownKindRow>> ListUnknownAsync(CancellationToken ct) => inner.ListUnknownAsync(ct);
}
