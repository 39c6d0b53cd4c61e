using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Orleans;

namespace Herald.Grains.Campaigns;

/// <summary>
/// Decides by <see cref="CampaignLifecycle"/> on the row as it stands and writes only if nobody else did meanwhile. It keeps no copy:
/// preparing and completing write the same row from delivery.
/// </summary>
internal class CampaignGrain(
    ICampaignStore campaigns,
    ITemplateStore templates,
    ISenderStore senders,
    IContactListStore lists,
    IAuditStore audit,
    IIdSource ids,
    TimeProvider time) : Grain, ICampaignGrain
{
    private const int AttemptsMax = 5;
    private const int CancelBatchSize = 5_000;
    private const int CancelBatchesMax = 4;

    public Task<ChangeResult> Launch(LaunchCampaign command) => ChangeAsync(command, "LaunchCampaign", async row =>
        command.ScheduleTime is { } start
            ? CampaignLifecycle.Schedule(Position(row), start, Now)
            : CampaignLifecycle.Launch(Position(row), await ReadinessAsync(row), Now));

    public Task<ChangeResult> Pause(PauseCampaign command) => ChangeAsync(command, "PauseCampaign", row => Task.FromResult(row.UpdateTime > command.Happened
        ? Decision.Reject<CampaignChange>(RejectionReason.StateForbids, "The campaign was changed after what it would be paused for.", [])
        : CampaignLifecycle.Pause(Position(row), (PauseCause)command.Cause, command.Actor, command.Detail)));

    // Meta's word: the store tells this pause, which ends with what it is for, from one after a refused message.
    public Task<ChangeResult> Halt() => ChangeAsync(Herald, "PauseCampaign", async row =>
        CampaignLifecycle.Halt(Position(row), await ReadinessAsync(row), "meta"));

    public Task<ChangeResult> Resume(CampaignCommand command) => ChangeAsync(command, "ResumeCampaign", async row =>
        CampaignLifecycle.Resume(Position(row), await ReadinessAsync(row)));

    public Task<ChangeResult> Lift(int cause) => ChangeAsync(Herald, "LiftPause", async row =>
        CampaignLifecycle.ResumeAutomatically(Position(row), (PauseCause)cause, await ReadinessAsync(row)));

    public Task<ChangeResult> Cancel(CampaignCommand command) => EndAsync(command, "CancelCampaign", row =>
        Task.FromResult(CampaignLifecycle.Cancel(Position(row), command.Detail, Now)));

    public Task<ChangeResult> Fail(CampaignCommand command) => EndAsync(command, "FailCampaign", row =>
        Task.FromResult(CampaignLifecycle.Fail(Position(row), command.Detail, Now)));

    public Task<ChangeResult> StartPreparing() => ChangeAsync(Herald, "StartCampaign", async row =>
        CampaignLifecycle.Launch(Position(row), await ReadinessAsync(row), Now));

    public Task<ChangeResult> MarkRunning() => ChangeAsync(Herald, "RunCampaign", row =>
        Task.FromResult(CampaignLifecycle.Prepared(Position(row), Now)));

    private static CampaignCommand Herald { get; } = new() { Actor = "herald" };

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What the runtime calls this grain; outside of one, whoever made it says so.</summary>
    internal virtual string Key => this.GetPrimaryKeyString();

    /// <summary>Reads, decides and writes; a lost race is decided again on what the winner left.</summary>
    private async Task<ChangeResult> ChangeAsync(CampaignCommand command, string action, Func<CampaignRow, Task<Decision<CampaignChange>>> decide)
    {
        var (tenant, campaign) = (GrainKeys.ParseTenant(Key), GrainKeys.ParseCampaign(Key));
        for (var attempt = 0; ; attempt++)
        {
            var row = await campaigns.GetAsync(tenant, campaign, CancellationToken.None);
            if (row is null)
                return ChangeResult.NotFound;
            if (command.RequestId.Length > 0 && row.LastRequestId == command.RequestId)
                return Answer(ChangeOutcome.Accepted, row);
            if (command.Version is { } version && version != row.Version)
                return Answer(ChangeOutcome.VersionMismatch, row);
            var decision = await decide(row);
            if (!decision.IsAccepted)
                return Refuse(row, decision.Rejection);
            if (await campaigns.UpdateAsync(Apply(row, decision.Change, command), CancellationToken.None) is { } written)
            {
                await AuditAsync(tenant, command, action, row.State, written);
                return Answer(ChangeOutcome.Accepted, written);
            }
            if (attempt == AttemptsMax)
                return Answer(ChangeOutcome.VersionMismatch, row);
        }
    }

    private async Task<ChangeResult> EndAsync(CampaignCommand command, string action, Func<CampaignRow, Task<Decision<CampaignChange>>> decide)
    {
        var result = await ChangeAsync(command, action, decide);
        // The janitor cancels what is left, also if this node dies in between: a caller is not kept waiting for a queue of millions.
        for (var batch = 0; result.IsAccepted && batch < CancelBatchesMax; batch++)
        {
            if (await campaigns.CancelQueuedAsync(GrainKeys.ParseTenant(Key), GrainKeys.ParseCampaign(Key), Now, CancelBatchSize,
                CancellationToken.None) < CancelBatchSize)
            {
                break;
            }
        }
        return result;
    }

    /// <summary>What is missing counts as a state in which it cannot be used.</summary>
    private async Task<CampaignReadiness> ReadinessAsync(CampaignRow row)
    {
        var template = await templates.GetAsync(row.TenantId, row.TemplateId, CancellationToken.None);
        var sender = await senders.GetAsync(row.TenantId, row.SenderId, CancellationToken.None);
        var list = await lists.GetAsync(row.TenantId, row.ListId, CancellationToken.None);
        // To marketing, a sender that may send none is as good as restricted.
        var isStopped = sender is { IsMarketingStopped: true } && template is { Category: TemplateCategory.Marketing };
        return new CampaignReadiness(template?.State ?? TemplateState.Deleted, isStopped ? SenderState.Restricted : sender?.State ?? SenderState.Disconnected,
            Math.Max(row.Recipients, list?.Members ?? 0))
        {
            SenderReason = sender?.StateReason ?? "",
        };
    }

    private CampaignRow Apply(CampaignRow row, CampaignChange change, CampaignCommand command) => row with
    {
        State = change.State,
        PauseCause = change.PauseCause,
        PauseActor = change.PauseActor,
        StateDetail = change.StateDetail,
        ScheduleTime = change.ScheduleTime ?? row.ScheduleTime,
        LaunchTime = change.LaunchTime ?? row.LaunchTime,
        StartTime = row.StartTime ?? change.StartTime,
        EndTime = change.EndTime,
        // Herald's own moves have no request id; the last caller's stays known, so that its repetition gets its answer and not a refusal.
        LastRequestId = command.RequestId.Length > 0 ? command.RequestId : row.LastRequestId,
        UpdateTime = Now,
    };

    private Task AuditAsync(TenantId tenant, CampaignCommand command, string action, CampaignState from, CampaignRow to) =>
        audit.AppendAsync(new AuditRow
        {
            TenantId = tenant,
            AuditId = ids.NewId(),
            Time = Now,
            Actor = command.Actor,
            Action = action,
            Resource = $"tenants/{tenant}/campaigns/{GrainKeys.ParseCampaign(Key)}",
            Outcome = "OK",
            Peer = "",
            Detail = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["from"] = Upper(from.ToString()),
                ["to"] = Upper(to.State.ToString()),
                ["detail"] = command.Detail.Length > 0 ? command.Detail : to.StateDetail,
            }),
        }, CancellationToken.None);

    private static CampaignPosition Position(CampaignRow row) => new(row.State, row.PauseCause);

    private static ChangeResult Refuse(CampaignRow row, Rejection rejection) => Answer(rejection.Reason switch
    {
        RejectionReason.StateForbids or RejectionReason.PausedByAnother or RejectionReason.WorkLeft => ChangeOutcome.StateNotAllowed,
        RejectionReason.TemplateNotApproved => ChangeOutcome.TemplateNotUsable,
        RejectionReason.SenderNotReady => ChangeOutcome.SenderNotUsable,
        RejectionReason.AudienceEmpty => ChangeOutcome.ContactListNotUsable,
        _ => ChangeOutcome.Invalid,
    }, row) with
    {
        AllowedStates = [.. rejection.AllowedStates.Select(Upper)],
        Detail = rejection.Text,
    };

    private static ChangeResult Answer(ChangeOutcome outcome, CampaignRow row) =>
        new() { Outcome = outcome, State = Upper(row.State.ToString()), Version = row.Version };

    private static string Upper(string word) => string.Concat(word.Select((letter, i) =>
        i > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));
}
