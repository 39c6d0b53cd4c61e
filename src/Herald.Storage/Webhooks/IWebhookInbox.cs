namespace Herald.Storage.Webhooks;

/// <summary>
/// Raw webhook deliveries of all tenants: stored before they are acknowledged, processed at least once. A delivery's tenant is not
/// known before it is parsed.
/// </summary>
public interface IWebhookInbox
{
    /// <summary>Stores deliveries; one whose body hash is known is skipped. Durable when the task completes. Signals the inbox.</summary>
    Task<int> StoreAsync(IReadOnlyList<InboxDelivery> deliveries, CancellationToken ct);

    /// <summary>Up to <paramref name="limit"/> waiting deliveries whose next time is at or before <paramref name="now"/>, by id.</summary>
    Task<IReadOnlyList<InboxRow>> NextAsync(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>Marks waiting deliveries as processed. How many were waiting.</summary>
    Task<int> DoneAsync(IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken ct);

    /// <summary>Counts a failure and lets a waiting delivery wait until <paramref name="nextTime"/>. False when it is not waiting.</summary>
    Task<bool> RetryAsync(Guid id, string error, DateTimeOffset nextTime, CancellationToken ct);

    /// <summary>Counts a failure and parks a waiting delivery as dead. False when it is not waiting.</summary>
    Task<bool> ParkAsync(Guid id, string error, CancellationToken ct);

    /// <summary>Up to <paramref name="pageSize"/> dead deliveries with ids above <paramref name="after"/> (null: from the start), by id.</summary>
    Task<IReadOnlyList<InboxRow>> ListDeadAsync(Guid? after, int pageSize, CancellationToken ct);

    /// <summary>Lets a dead delivery wait again, at once and with no failures counted. False when it is not dead. Signals the inbox.</summary>
    Task<bool> ReplayAsync(Guid id, CancellationToken ct);

    /// <summary>Removes up to <paramref name="limit"/> deliveries processed before <paramref name="before"/>. How many.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken ct);

    /// <summary>Adds to the counts of kinds that nothing handles.</summary>
    Task CountUnknownAsync(IReadOnlyDictionary<string, long> counts, DateTimeOffset now, CancellationToken ct);

    /// <summary>The kinds counted so far, by name.</summary>
    Task<IReadOnlyList<UnknownKindRow>> ListUnknownAsync(CancellationToken ct);
}
