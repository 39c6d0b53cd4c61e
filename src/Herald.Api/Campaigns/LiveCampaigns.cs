using Herald.Domain.Campaigns;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;

namespace Herald.Api.Campaigns;

/// <summary>Finds out whether a campaign that is not finished still needs something.</summary>
internal sealed class LiveCampaigns(ICampaignStore campaigns)
{
    private const int PageSize = 500;

    private static readonly CampaignState[] States =
        [CampaignState.Running, CampaignState.Paused, CampaignState.Preparing, CampaignState.Scheduled, CampaignState.Draft];

    /// <summary>A campaign of the tenant that is not finished and uses it; null if there is none.</summary>
    public async Task<CampaignRow?> FindAsync(TenantId tenant, Func<CampaignRow, bool> uses, CancellationToken ct)
    {
        foreach (var state in States)
        {
            CampaignId? after = null;
            while (true)
            {
                var page = await campaigns.ListAsync(tenant, state, after, PageSize, ct);
                if (page.FirstOrDefault(uses) is { } user)
                    return user;
                if (page.Count < PageSize)
                    break;
                after = page[^1].CampaignId;
            }
        }
        return null;
    }
}
