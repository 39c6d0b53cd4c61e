using System.Data.Common;

namespace Herald.Storage.Webhooks;

/// <summary>The insert of many deliveries, which each database does best in its own way.</summary>
internal interface IInboxInserts
{
    /// <summary>Inserts deliveries whose body hash is new. How many.</summary>
    Task<int> InsertAsync(DbTransaction transaction, IReadOnlyList<InboxDelivery> deliveries, CancellationToken ct);
}
