using Herald.Domain.Templates;
using Herald.Storage.Templates;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>Moves templates by what Meta's review and quality watch report.</summary>
internal sealed class TemplateStatusHandler(ITemplateStore templates, TimeProvider time)
{
    public async Task HandleAsync(TemplateStatusChange change, CancellationToken ct)
    {
        if (change.TemplateId is null || !TemplateLifecycle.TryGetTrigger(change.Event, out var trigger))
            return;
        foreach (var row in await templates.FindByMetaIdAsync(change.TemplateId, ct))
            await MoveAsync(row, trigger, change.Reason ?? "", ct);
    }

    /// <summary>Somebody wins each race that is lost here, so it ends; Meta would not say it again.</summary>
    private async Task MoveAsync(TemplateRow? row, TemplateTrigger trigger, string reason, CancellationToken ct)
    {
        while (row is not null)
        {
            var decision = TemplateLifecycle.Decide(row.State, trigger);
            if (!decision.IsAccepted || decision.Change == row.State)
                return;
            var moved = row with { State = decision.Change, RejectedReason = reason, UpdateTime = time.GetUtcNow() };
            if (await templates.UpdateAsync(moved, ct) is not null)
                return;
            row = await templates.GetAsync(row.TenantId, row.TemplateId, ct);
        }
    }
}
