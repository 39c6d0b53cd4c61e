using Stateless;

namespace Herald.Domain.Campaigns;

/// <summary>
/// The life of a campaign. Each method takes the facts of its move and answers with what to write, or why not. The table stands in
/// <see cref="Create"/> and is drawn in CampaignLifecycle.md.
/// </summary>
public static class CampaignLifecycle
{
    /// <summary>Sets or moves the start time, which must lie in the future.</summary>
    public static Decision<CampaignChange> Schedule(CampaignPosition position, DateTimeOffset startTime, DateTimeOffset now)
    {
        var unmet = startTime > now
            ? null
            : new Rejection(RejectionReason.ScheduleNotInFuture, "The start time must lie in the future.", []);
        return Decide(position, CampaignTrigger.Schedule, unmet, state => Change(position, state) with { ScheduleTime = startTime });
    }

    /// <summary>Launches now, by a person or because the start time came. The audience is frozen next; nothing is sent before the first batch of it is.</summary>
    public static Decision<CampaignChange> Launch(CampaignPosition position, CampaignReadiness readiness, DateTimeOffset now) =>
        Decide(position, CampaignTrigger.Launch, readiness.Problem, state => Change(position, state) with { LaunchTime = now });

    /// <summary>The first batch of the audience is frozen: messages may go out.</summary>
    public static Decision<CampaignChange> Prepared(CampaignPosition position, DateTimeOffset now) =>
        Decide(position, CampaignTrigger.Prepared, null, state => Change(position, state) with { StartTime = now });

    /// <summary>
    /// Stops sending until it is resumed. A person may take over a pause of the system, so that the system does not lift it; any other pause of a
    /// paused campaign is refused and harmless.
    /// </summary>
    /// <param name="position">Where the campaign stands.</param>
    /// <param name="cause">Who or what pauses; not None.</param>
    /// <param name="actor">Who pauses, as the audit names them.</param>
    /// <param name="detail">Why, for people; may be empty.</param>
    public static Decision<CampaignChange> Pause(CampaignPosition position, PauseCause cause, string actor, string detail)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)cause, (int)PauseCause.None);
        var unmet = position.State == CampaignState.Paused && !(IsPerson(cause) && !IsPerson(position.PauseCause))
            ? new Rejection(RejectionReason.StateForbids, "The campaign is paused already.", [nameof(CampaignState.Running)])
            : null;
        return Decide(
            position,
            CampaignTrigger.Pause,
            unmet,
            state => Change(position, state) with { PauseCause = cause, PauseActor = actor, StateDetail = detail });
    }

    /// <summary>
    /// Herald pauses a running campaign because its template or its sender can't be used, whoever found that out. Refused while both can, and once it is
    /// paused already.
    /// </summary>
    /// <param name="position">Where the campaign stands.</param>
    /// <param name="readiness">Its template and its sender as they stand.</param>
    /// <param name="actor">Who pauses, as the audit names them.</param>
    public static Decision<CampaignChange> Halt(CampaignPosition position, CampaignReadiness readiness, string actor) => readiness.Stop is { } stop
        ? Pause(position, stop.Cause, actor, stop.Text)
        : Decision.Reject<CampaignChange>(RejectionReason.StateForbids, "Its template and its sender can be used.", []);

    /// <summary>A person resumes, whatever paused it. The campaign must be able to send.</summary>
    public static Decision<CampaignChange> Resume(CampaignPosition position, CampaignReadiness readiness) =>
        Decide(position, CampaignTrigger.Resume, readiness.Problem, state => Change(position, state));

    /// <summary>Herald resumes, because what it paused for is over: only if the campaign is paused for that and nothing else.</summary>
    public static Decision<CampaignChange> ResumeAutomatically(CampaignPosition position, PauseCause lifted, CampaignReadiness readiness)
    {
        var unmet = lifted == position.PauseCause && !IsPerson(lifted)
            ? readiness.Problem
            : new Rejection(RejectionReason.PausedByAnother, $"The campaign is paused by {position.PauseCause}, which alone can lift it.", []);
        return Decide(position, CampaignTrigger.Resume, unmet, state => Change(position, state));
    }

    /// <summary>Every message has ended.</summary>
    /// <param name="position">Where the campaign stands.</param>
    /// <param name="isAudienceFrozen">The whole audience is frozen into messages.</param>
    /// <param name="openMessages">How many messages are Queued or Claimed.</param>
    /// <param name="now">The present.</param>
    public static Decision<CampaignChange> Complete(CampaignPosition position, bool isAudienceFrozen, long openMessages, DateTimeOffset now)
    {
        var unmet = isAudienceFrozen && openMessages == 0
            ? null
            : new Rejection(RejectionReason.WorkLeft, "Messages are still open, or the audience is not wholly frozen.", []);
        return Decide(position, CampaignTrigger.Complete, unmet, state => Change(position, state) with { EndTime = now });
    }

    /// <summary>A person ends it; what was not sent stays unsent.</summary>
    public static Decision<CampaignChange> Cancel(CampaignPosition position, string detail, DateTimeOffset now) =>
        Decide(position, CampaignTrigger.Cancel, null, state => Change(position, state) with { StateDetail = detail, EndTime = now });

    /// <summary>It cannot be carried out, for the reason in <paramref name="detail"/>.</summary>
    public static Decision<CampaignChange> Fail(CampaignPosition position, string detail, DateTimeOffset now) =>
        Decide(position, CampaignTrigger.Fail, null, state => Change(position, state) with { StateDetail = detail, EndTime = now });

    /// <summary>
    /// Herald goes on with a completed campaign, because what WhatsApp told late means that one of its messages is to be sent once more. It
    /// completes again when that is done; until then a person can pause or cancel it.
    /// </summary>
    public static Decision<CampaignChange> Reopen(CampaignPosition position) =>
        Decide(position, CampaignTrigger.Reopen, null, state => Change(position, state));

    /// <summary>Whether nothing but a late word of WhatsApp moves it any more.</summary>
    public static bool IsFinal(CampaignState state) => state is CampaignState.Completed or CampaignState.Cancelled or CampaignState.Failed;

    /// <summary>Whether the cause is a person, whose pause only a person lifts.</summary>
    public static bool IsPerson(PauseCause cause) => cause is PauseCause.Owner or PauseCause.Partner;

    /// <summary>The table. Guards hold if there is no <paramref name="unmet"/> rejection.</summary>
    internal static StateMachine<CampaignState, CampaignTrigger> Create(CampaignState state, Rejection? unmet)
    {
        var machine = new StateMachine<CampaignState, CampaignTrigger>(state);
        bool IsMet() => unmet is null;
        const string inFuture = "the start time lies in the future";
        const string ready = "template approved, sender able to send, audience not empty";
        const string ended = "audience frozen, no message open";

        machine.Configure(CampaignState.Draft)
            .PermitIf(CampaignTrigger.Schedule, CampaignState.Scheduled, IsMet, inFuture)
            .PermitIf(CampaignTrigger.Launch, CampaignState.Preparing, IsMet, ready)
            .Permit(CampaignTrigger.Cancel, CampaignState.Cancelled);
        machine.Configure(CampaignState.Scheduled)
            .PermitReentryIf(CampaignTrigger.Schedule, IsMet, inFuture)
            .PermitIf(CampaignTrigger.Launch, CampaignState.Preparing, IsMet, ready)
            .Permit(CampaignTrigger.Cancel, CampaignState.Cancelled)
            .Permit(CampaignTrigger.Fail, CampaignState.Failed);
        machine.Configure(CampaignState.Preparing)
            .Permit(CampaignTrigger.Prepared, CampaignState.Running)
            .Permit(CampaignTrigger.Cancel, CampaignState.Cancelled)
            .Permit(CampaignTrigger.Fail, CampaignState.Failed);
        machine.Configure(CampaignState.Running)
            .Permit(CampaignTrigger.Pause, CampaignState.Paused)
            .PermitIf(CampaignTrigger.Complete, CampaignState.Completed, IsMet, ended)
            .Permit(CampaignTrigger.Cancel, CampaignState.Cancelled)
            .Permit(CampaignTrigger.Fail, CampaignState.Failed);
        machine.Configure(CampaignState.Paused)
            .PermitReentryIf(CampaignTrigger.Pause, IsMet, "a person takes over a pause of the system")
            .PermitIf(CampaignTrigger.Resume, CampaignState.Running, IsMet, "able to send, and lifted by a person or by what paused it")
            .PermitIf(CampaignTrigger.Complete, CampaignState.Completed, IsMet, ended)
            .Permit(CampaignTrigger.Cancel, CampaignState.Cancelled)
            .Permit(CampaignTrigger.Fail, CampaignState.Failed);
        machine.Configure(CampaignState.Completed)
            .Permit(CampaignTrigger.Reopen, CampaignState.Running);
        machine.Configure(CampaignState.Cancelled);
        machine.Configure(CampaignState.Failed);
        return machine;
    }

    private static Decision<CampaignChange> Decide(
        CampaignPosition position, CampaignTrigger trigger, Rejection? unmet, Func<CampaignState, CampaignChange> change)
    {
        var decision = Lifecycle.Decide(state => Create(state, unmet), position.State, trigger, unmet);
        return decision.IsAccepted
            ? Decision.Accept(change(decision.Change))
            : Decision.Reject<CampaignChange>(decision.Rejection.Reason, decision.Rejection.Text, decision.Rejection.AllowedStates);
    }

    private static CampaignChange Change(CampaignPosition position, CampaignState state) =>
        new(position.State, state, PauseCause.None, string.Empty, string.Empty, null, null, null, null);
}
