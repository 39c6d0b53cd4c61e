using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Templates;
using Herald.Grains.Failures;
using Herald.Storage.Audit;
using Herald.Storage.Templates;
using Herald.WhatsApp.Templates;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>
/// Moves templates by what Meta's review and quality watch report. A campaign whose template stops is paused by whoever looks after the campaigns; each
/// claim goes by the category as it stands here.
/// </summary>
internal sealed class TemplateStatusHandler(ITemplateStore templates, IAuditStore audit, IIdSource ids, TimeProvider time)
{
    public async Task HandleAsync(TemplateStatusChange change, CancellationToken ct)
    {
        if (change.TemplateId is null)
            return;
        var reported = TemplateWords.ToCategory(change.Category);
        var isMove = TemplateLifecycle.TryGetTrigger(change.Event, out var trigger);
        foreach (var row in await templates.FindByMetaIdAsync(change.TemplateId, ct))
        {
            await MoveAsync(row, before =>
            {
                var after = before with { Category = StricterOf(before.Category, reported) };
                // Told of one that is approved already: a refusal from before, which is slow to be reacted to, says nothing any more. One from after
                // it does, however late the approval is told.
                if (isMove && trigger == TemplateTrigger.Approve && before.State == TemplateState.Approved)
                    return TimeOf(change) is var approved && approved > before.UpdateTime ? after with { UpdateTime = approved } : after;
                var decision = isMove ? TemplateLifecycle.Decide(before.State, trigger) : null;
                return decision is not { IsAccepted: true } || decision.Change == before.State
                    ? after
                    : after with { State = decision.Change, RejectedReason = change.Reason ?? "" };
            }, ct);
        }
    }

    public async Task HandleAsync(TemplateCategoryChange change, CancellationToken ct)
    {
        if (change.TemplateId is null)
            return;
        foreach (var row in await templates.FindByMetaIdAsync(change.TemplateId, ct))
        {
            if (change.Announced is { } announced && announced != row.Category)
                await AuditAsync(row, "AnnounceTemplateCategory", TemplateWords.NameOf(row.Category), TemplateWords.NameOf(announced));
            await MoveAsync(row, before => before with { Category = CategoryAfter(before.Category, change) }, ct);
        }
    }

    /// <summary>
    /// What Meta says counts where it begins at what is known here. Of deliveries in the wrong order the stricter one wins: somebody who opted out gets
    /// nothing too much, and the next synchronisation sets it right.
    /// </summary>
    private static TemplateCategory CategoryAfter(TemplateCategory known, TemplateCategoryChange change) =>
        change.Present is { } present && change.Previous == known ? present : StricterOf(known, change.Present);

    // From what needs an opt-in to what needs none, which is the order of their numbers.
    private static TemplateCategory StricterOf(TemplateCategory known, TemplateCategory? reported) =>
        reported is { } other && other < known ? other : known;

    /// <summary>When Meta decided, at the latest: it tells whole seconds. The present when it does not tell.</summary>
    private DateTimeOffset TimeOf(TemplateStatusChange change)
    {
        var now = time.GetUtcNow();
        return change.Time + FailedSend.StatusPrecision is { } told && told < now ? told : now;
    }

    /// <summary>Somebody wins each race that is lost here, so it ends; Meta would not say it again.</summary>
    private async Task MoveAsync(TemplateRow? row, Func<TemplateRow, TemplateRow> move, CancellationToken ct)
    {
        while (row is not null)
        {
            var moved = move(row);
            if (moved == row)
                return;
            var stamped = moved.UpdateTime == row.UpdateTime ? moved with { UpdateTime = time.GetUtcNow() } : moved;
            if (await templates.UpdateAsync(stamped, ct) is not null)
            {
                if (moved.State != row.State)
                    await AuditAsync(row, "MoveTemplate", Upper(row.State), Upper(moved.State));
                if (moved.Category != row.Category)
                    await AuditAsync(row, "RecategoriseTemplate", TemplateWords.NameOf(row.Category), TemplateWords.NameOf(moved.Category));
                return;
            }
            row = await templates.GetAsync(row.TenantId, row.TemplateId, ct);
        }
    }

    private Task AuditAsync(TemplateRow row, string action, string from, string to) => audit.AppendAsync(
        new AuditRow
        {
            TenantId = row.TenantId,
            AuditId = ids.NewId(),
            Time = time.GetUtcNow(),
            Actor = "meta",
            Action = action,
            Resource = $"tenants/{row.TenantId}/templates/{row.TemplateId}",
            Outcome = "OK",
            Peer = "",
            Detail = JsonSerializer.Serialize(new Dictionary<string, string> { ["from"] = from, ["to"] = to }),
        },
        CancellationToken.None);

    private static string Upper(TemplateState state) => string.Concat(state.ToString().Select((letter, i) =>
        i > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));
}
