using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Errors;

namespace Herald.Grains.Failures;

/// <summary>Stops a template that Meta does not send now, and the campaign that met this; or all campaigns of the account with templates of its category.</summary>
internal sealed class TemplateStops(ITemplateStore templates, ISenderStore senders, CampaignStops campaigns, FailureAudit audit, TimeProvider time)
{
    private const int Paused = 132015;
    private const int Disabled = 132016;

    public async Task StopAsync(FailedSend failure)
    {
        // What the webhook will say too; whichever comes first. Of other codes Meta sends no word on the template, so its state stays.
        var trigger = failure.Code switch
        {
            Paused => TemplateTrigger.Pause,
            Disabled => TemplateTrigger.Disable,
            _ => (TemplateTrigger?)null,
        };
        if (trigger is { } move && failure.Template is not null)
            await MoveAsync(failure, move);
        // One notice tells of all that this stops, also when it breaks off: when it is repeated, what is paused already is no news.
        var paused = new List<CampaignRow>();
        try
        {
            await PauseCampaignAsync(failure, failure.LatestTime, paused);
            if (failure.Error.Scope == ErrorScope.Account)
                await PauseCategoryAsync(failure, paused);
        }
        finally
        {
            await campaigns.TellAsync(paused);
        }
    }

    /// <summary>The campaign runs again for nothing but the failed message, so that whatever changed it since was no word that it can go on.</summary>
    public async Task PauseReopenedAsync(FailedSend failure)
    {
        var paused = new List<CampaignRow>();
        await PauseCampaignAsync(failure, null, paused);
        await campaigns.TellAsync(paused);
    }

    private async Task PauseCampaignAsync(FailedSend failure, DateTimeOffset? happened, List<CampaignRow> paused)
    {
        if (failure.Campaign is { } campaign && !await IsOverAsync(failure)
            && await campaigns.PauseForTemplateAsync(
                failure.Tenant, campaign, FailureAudit.Sentence(failure.Error, failure.Code), failure.Code, happened) is { } row)
        {
            paused.Add(row);
        }
    }

    /// <summary>No template of the category can be sent, whatever the campaign and whichever number of the account it goes from.</summary>
    private async Task PauseCategoryAsync(FailedSend failure, List<CampaignRow> paused)
    {
        if (failure.Template is not { } id || await templates.GetAsync(failure.Tenant, id, CancellationToken.None) is not { } template
            || await senders.GetAsync(failure.Tenant, failure.Sender, CancellationToken.None) is not { } sender)
        {
            return;
        }
        foreach (var target in await senders.ListByWabaAsync(sender.WabaId, CancellationToken.None))
        {
            await campaigns.PauseCategoryAsync(
                target.TenantId, target.SenderId, template.Category, FailureAudit.Sentence(failure.Error, failure.Code), failure.Code, failure.LatestTime, paused);
        }
    }

    /// <summary>Whether the template was approved again since, so that nothing would ever lift what is paused for it now.</summary>
    private async Task<bool> IsOverAsync(FailedSend failure) =>
        failure is { Code: Paused or Disabled, Template: { } id }
        && await templates.GetAsync(failure.Tenant, id, CancellationToken.None) is { State: TemplateState.Approved } row && IsOlder(failure, row);

    /// <summary>
    /// What was refused before the template was approved again says nothing of it now: a status comes late, and a reaction is repeated when the database was
    /// away.
    /// </summary>
    private static bool IsOlder(FailedSend failure, TemplateRow row) => failure.LatestTime < row.UpdateTime;

    private async Task MoveAsync(FailedSend failure, TemplateTrigger trigger)
    {
        var id = failure.Template.GetValueOrDefault();
        // Somebody wins each race that is lost here, so it ends.
        while (await templates.GetAsync(failure.Tenant, id, CancellationToken.None) is { State: TemplateState.Approved } row)
        {
            if (IsOlder(failure, row))
                return;
            var decision = TemplateLifecycle.Decide(row.State, trigger);
            if (!decision.IsAccepted || decision.Change == row.State)
                return;
            var moved = row with { State = decision.Change, UpdateTime = time.GetUtcNow() };
            if (await templates.UpdateAsync(moved, CancellationToken.None) is null)
                continue;
            await audit.TemplateAsync(row, decision.Change, failure.Code);
            return;
        }
    }
}
