namespace Herald.Storage.Webhooks;

/// <summary>The insert of many deliveries, which each database does best in its own way.</summary>
internal interface IInboxInserts
{
    /// <summary>
    /// Inserts deliveries whose body hash is new and, if there are any, puts <paramref name="signal"/> on <see cref="SignalChannels.Inbox"/>, in one
    /// transaction of its own. How many were new.
    /// </summary>
    Task<int> StoreAsync(IReadOnlyList<InboxDelivery> deliveries, string signal, CancellationToken ct);
}
