using Herald.Domain.Templates;
using Herald.Storage.Templates;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>Moves templates by what Meta's review and quality watch report.</summary>
internal sealed class TemplateStatusHandler(ITemplateStore templates, TimeProvider time)
{
    private const int AttemptsMax = 3;

    public async Task HandleAsync(TemplateStatusChange change, CancellationToken ct)
    {
        if (change.TemplateId is null || !TemplateLifecycle.TryGetTrigger(change.Event, out var trigger))
            return;
        foreach (var row in await templates.FindByMetaIdAsync(change.TemplateId, ct))
            await MoveAsync(row, trigger, change.Reason ?? "", ct);
    }

    private async Task MoveAsync(TemplateRow? row, TemplateTrigger trigger, string reason, CancellationToken ct)
    {
        for (var attempt = 0; row is not null && attempt < AttemptsMax; attempt++)
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
