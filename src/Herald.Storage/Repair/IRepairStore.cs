using Herald.Domain.Campaigns;
using Herald.Domain.Tenants;

namespace Herald.Storage.Repair;

/// <summary>
/// Proves what always holds of messages and campaigns, row by row, and mends what a mistake left. Safe while nodes run: every mend looks at its
/// condition again in the statement that writes, and what the nodes themselves are about to do is left to them for five minutes.
/// </summary>
public interface IRepairStore
{
    /// <summary>Looks at the tenant's campaign and all its messages. Empty when all is well. Reads each of its messages a few times.</summary>
    Task<IReadOnlyList<RepairFinding>> CheckCampaignAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, bool mends, CancellationToken ct);

    /// <summary>Looks at all messages of all tenants that have no campaign. Empty when all is well. Reads the whole table a few times.</summary>
    Task<IReadOnlyList<RepairFinding>> CheckSinglesAsync(DateTimeOffset now, bool mends, CancellationToken ct);
}
