using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains.Campaigns;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Herald.Grains.Failures;

/// <summary>Pauses campaigns for what Meta refused. A campaign that is paused already stays as it is.</summary>
internal sealed class CampaignStops(ICampaignStore campaigns, ITemplateStore templates, IGrainFactory grains, ILogger<CampaignStops> log)
{
    public async Task PauseAllAsync(TenantId tenant, SenderId sender, PauseCause cause, string detail, int code)
    {
        foreach (var campaign in await campaigns.ListRunningAsync(tenant, sender, CancellationToken.None))
            await PauseAsync(tenant, campaign.CampaignId, cause, detail, code);
    }

    public async Task PauseMarketingAsync(TenantId tenant, SenderId sender, string detail, int code)
    {
        foreach (var campaign in await campaigns.ListRunningAsync(tenant, sender, CancellationToken.None))
        {
            if (await templates.GetAsync(tenant, campaign.TemplateId, CancellationToken.None) is { Category: TemplateCategory.Marketing })
                await PauseAsync(tenant, campaign.CampaignId, PauseCause.SenderUnavailable, detail, code);
        }
    }

    public async Task PauseAsync(TenantId tenant, CampaignId campaign, PauseCause cause, string detail, int code)
    {
        var result = await grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(tenant, campaign)).Pause(new PauseCampaign
        {
            Actor = "herald",
            Cause = (int)cause,
            Detail = detail,
        });
        if (result.IsAccepted)
            log.CampaignPaused(tenant, campaign, code);
    }
}
