using System.Data.Common;

namespace Herald.Storage.Campaigns;

/// <summary>The insert of many messages, which each database does best in its own way.</summary>
internal interface ICampaignAudience
{
    /// <summary>
    /// Adds a message, Queued or Suppressed, for each contact that has none of the campaign yet. How many.
    /// </summary>
    Task<int> InsertAsync(DbTransaction transaction, AudienceBatch batch, CancellationToken ct);
}
