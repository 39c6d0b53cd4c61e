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
internal sealed class CampaignStops(
    ICampaignStore campaigns, ITemplateStore templates, IGrainFactory grains, OwnerNotices notices, ILogger<CampaignStops> log) : ICampaignHalts
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

    /// <summary>Those whose templates are of the category, for as long as a person or the template's next change leaves them so.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="sender">The sender.</param>
    /// <param name="category">The category.</param>
    /// <param name="detail">Why, for people.</param>
    /// <param name="code">Meta's code.</param>
    /// <param name="happened">See <see cref="PauseCampaign.Happened"/>.</param>
    /// <param name="paused">Gets those that ran until now, whose owners are yet to be told.</param>
    public async Task PauseCategoryAsync(
        TenantId tenant, SenderId sender, TemplateCategory category, string detail, int code, DateTimeOffset happened, ICollection<CampaignRow> paused)
    {
        foreach (var campaign in await campaigns.ListRunningAsync(tenant, sender, CancellationToken.None))
        {
            // Late failures come in thousands; what the grain would leave alone costs it nothing.
            if (campaign.UpdateTime > happened)
                continue;
            if (await templates.GetAsync(tenant, campaign.TemplateId, CancellationToken.None) is { } template && template.Category == category
                && await PauseForTemplateAsync(tenant, campaign.CampaignId, detail, code, happened) is { } row)
            {
                paused.Add(row);
            }
        }
    }

    /// <summary>Pauses one campaign because of its template.</summary>
    /// <returns>The campaign if it ran until now; its owners are yet to be told.</returns>
    public async Task<CampaignRow?> PauseForTemplateAsync(TenantId tenant, CampaignId campaign, string detail, int code, DateTimeOffset? happened) =>
        await TryPauseAsync(tenant, campaign, PauseCause.TemplatePaused, detail, code, happened)
        && await campaigns.GetAsync(tenant, campaign, CancellationToken.None) is { State: CampaignState.Paused } paused ? paused : null;

    /// <summary>Tells the owners of campaigns that were paused for one and the same.</summary>
    public Task TellAsync(IReadOnlyCollection<CampaignRow> paused) => notices.CampaignsPausedAsync(paused);

    public async Task HaltAsync(CampaignRow campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var result = await grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(campaign.TenantId, campaign.CampaignId)).Halt();
        if (result.IsAccepted && await campaigns.GetAsync(campaign.TenantId, campaign.CampaignId, CancellationToken.None) is { State: CampaignState.Paused } paused)
        {
            log.CampaignHalted(paused.TenantId, paused.CampaignId, paused.PauseCause.ToString());
            if (paused.PauseCause == PauseCause.TemplatePaused)
                await TellAsync([paused]);
        }
    }

    /// <summary>Of a sender that stopped its owners are told once, whatever runs on it.</summary>
    public Task PauseAsync(TenantId tenant, CampaignId campaign, PauseCause cause, string detail, int code) =>
        TryPauseAsync(tenant, campaign, cause, detail, code, null);

    private async Task<bool> TryPauseAsync(TenantId tenant, CampaignId campaign, PauseCause cause, string detail, int code, DateTimeOffset? happened)
    {
        var result = await grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(tenant, campaign)).Pause(new PauseCampaign
        {
            Actor = "herald",
            Cause = (int)cause,
            Detail = detail,
            Happened = happened,
        });
        if (result.IsAccepted)
            log.CampaignPaused(tenant, campaign, code);
        return result.IsAccepted;
    }
}
