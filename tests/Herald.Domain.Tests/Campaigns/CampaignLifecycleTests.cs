using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Templates;

namespace Herald.Domain.Tests.Campaigns;

public sealed class CampaignLifecycleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly CampaignReadiness Ready = new(TemplateState.Approved, SenderState.Active, 1000);

    [Fact]
    public void A_campaign_goes_from_draft_to_completed()
    {
        var scheduled = Accepted(CampaignLifecycle.Schedule(At(CampaignState.Draft), Now.AddHours(1), Now));
        var preparing = Accepted(CampaignLifecycle.Launch(At(scheduled.State), Ready, Now));
        var running = Accepted(CampaignLifecycle.Prepared(At(preparing.State), Now));
        var completed = Accepted(CampaignLifecycle.Complete(At(running.State), isAudienceFrozen: true, openMessages: 0, Now));

        Assert.Equal((CampaignState.Scheduled, Now.AddHours(1)), (scheduled.State, scheduled.ScheduleTime));
        Assert.Equal((CampaignState.Preparing, Now), (preparing.State, preparing.LaunchTime));
        Assert.Equal((CampaignState.Running, Now), (running.State, running.StartTime));
        Assert.Equal((CampaignState.Completed, Now), (completed.State, completed.EndTime));
        Assert.Equal(CampaignState.Running, completed.From);
    }

    [Fact]
    public void A_start_time_that_is_not_in_the_future_is_refused()
    {
        var decision = CampaignLifecycle.Schedule(At(CampaignState.Draft), Now, Now);

        Assert.Equal(RejectionReason.ScheduleNotInFuture, decision.Rejection?.Reason);
    }

    [Fact]
    public void A_scheduled_campaign_can_be_moved_to_another_time()
    {
        var change = Accepted(CampaignLifecycle.Schedule(At(CampaignState.Scheduled), Now.AddDays(1), Now));

        Assert.Equal((CampaignState.Scheduled, Now.AddDays(1)), (change.State, change.ScheduleTime));
    }

    [Theory]
    [InlineData(TemplateState.Pending, SenderState.Active, 5, RejectionReason.TemplateNotApproved)]
    [InlineData(TemplateState.Paused, SenderState.Active, 5, RejectionReason.TemplateNotApproved)]
    [InlineData(TemplateState.Approved, SenderState.Restricted, 5, RejectionReason.SenderNotReady)]
    [InlineData(TemplateState.Approved, SenderState.Registered, 5, RejectionReason.SenderNotReady)]
    [InlineData(TemplateState.Approved, SenderState.Active, 0, RejectionReason.AudienceEmpty)]
    public void A_launch_that_could_not_send_is_refused_with_the_reason(
        TemplateState template, SenderState sender, long recipients, RejectionReason reason)
    {
        var decision = CampaignLifecycle.Launch(At(CampaignState.Draft), new CampaignReadiness(template, sender, recipients), Now);

        Assert.Equal(reason, decision.Rejection?.Reason);
        Assert.Empty(decision.Rejection!.AllowedStates);
    }

    [Fact]
    public void Launching_twice_is_refused_whatever_else_stands_against_it()
    {
        var decision = CampaignLifecycle.Launch(At(CampaignState.Running), Ready with { RecipientsMin = 0 }, Now);

        Assert.Equal(RejectionReason.StateForbids, decision.Rejection?.Reason);
        Assert.Equal(["Draft", "Scheduled"], decision.Rejection?.AllowedStates);
    }

    [Fact]
    public void A_pause_says_who_and_why()
    {
        var change = Accepted(CampaignLifecycle.Pause(At(CampaignState.Running), PauseCause.QualityGuard, "guard", "12 % failed"));

        Assert.Equal(
            (CampaignState.Paused, PauseCause.QualityGuard, "guard", "12 % failed"),
            (change.State, change.PauseCause, change.PauseActor, change.StateDetail));
    }

    [Fact]
    public void Pausing_a_finished_campaign_is_refused()
    {
        var decision = CampaignLifecycle.Pause(At(CampaignState.Completed), PauseCause.Owner, "owner", "");

        Assert.Equal(RejectionReason.StateForbids, decision.Rejection?.Reason);
        Assert.Equal(["Running", "Paused"], decision.Rejection?.AllowedStates);
    }

    [Theory]
    [InlineData(PauseCause.QualityGuard, PauseCause.Owner, true)]
    [InlineData(PauseCause.Owner, PauseCause.Owner, false)]
    [InlineData(PauseCause.Owner, PauseCause.Partner, false)]
    [InlineData(PauseCause.Owner, PauseCause.QualityGuard, false)]
    [InlineData(PauseCause.Budget, PauseCause.TemplatePaused, false)]
    public void Only_a_person_takes_over_a_pause_and_only_from_the_system(PauseCause present, PauseCause next, bool isAccepted)
    {
        var decision = CampaignLifecycle.Pause(new CampaignPosition(CampaignState.Paused, present), next, "somebody", "");

        Assert.Equal(isAccepted, decision.IsAccepted);
    }

    [Theory]
    [InlineData(PauseCause.Owner)]
    [InlineData(PauseCause.TemplatePaused)]
    public void A_person_resumes_whatever_paused_it(PauseCause cause)
    {
        var change = Accepted(CampaignLifecycle.Resume(new CampaignPosition(CampaignState.Paused, cause), Ready));

        Assert.Equal((CampaignState.Running, PauseCause.None, ""), (change.State, change.PauseCause, change.PauseActor));
    }

    [Fact]
    public void Nobody_resumes_a_campaign_that_could_not_send()
    {
        var decision = CampaignLifecycle.Resume(
            new CampaignPosition(CampaignState.Paused, PauseCause.Owner), Ready with { Template = TemplateState.Disabled });

        Assert.Equal(RejectionReason.TemplateNotApproved, decision.Rejection?.Reason);
    }

    [Theory]
    [InlineData(TemplateState.Paused, SenderState.Active, PauseCause.TemplatePaused, "WhatsApp has paused the template because of its quality (code 132015). Only an approved template can be sent.")]
    [InlineData(TemplateState.Deleted, SenderState.Restricted, PauseCause.TemplatePaused, "The template was deleted. Only an approved template can be sent.")]
    [InlineData(TemplateState.Approved, SenderState.Restricted, PauseCause.SenderUnavailable, "Why not.")]
    [InlineData(TemplateState.Approved, SenderState.Disconnected, PauseCause.TokenInvalid, "Why not.")]
    public void Herald_pauses_a_running_campaign_for_what_stopped(TemplateState template, SenderState sender, PauseCause cause, string text)
    {
        var readiness = Ready with { Template = template, Sender = sender, SenderReason = "Why not.", RecipientsMin = 0 };

        var change = CampaignLifecycle.Halt(At(CampaignState.Running), readiness, "herald").Change!;

        Assert.Equal((CampaignState.Paused, cause, "herald", text), (change.State, change.PauseCause, change.PauseActor, change.StateDetail));
        Assert.False(CampaignLifecycle.Halt(new CampaignPosition(CampaignState.Paused, PauseCause.Owner), readiness, "herald").IsAccepted);
        Assert.False(CampaignLifecycle.Halt(At(CampaignState.Preparing), readiness, "herald").IsAccepted);
    }

    [Fact]
    public void Herald_pauses_nothing_that_can_be_sent()
    {
        var decision = CampaignLifecycle.Halt(At(CampaignState.Running), Ready with { Sender = SenderState.Throttled }, "herald");

        Assert.Equal(RejectionReason.StateForbids, decision.Rejection?.Reason);
    }

    [Theory]
    [InlineData(PauseCause.TemplatePaused, PauseCause.TemplatePaused, true)]
    [InlineData(PauseCause.Budget, PauseCause.TemplatePaused, false)]
    [InlineData(PauseCause.Owner, PauseCause.Owner, false)]
    [InlineData(PauseCause.Owner, PauseCause.TemplatePaused, false)]
    public void Herald_resumes_by_itself_only_what_it_paused_for_the_same_cause(PauseCause present, PauseCause lifted, bool isAccepted)
    {
        var decision = CampaignLifecycle.ResumeAutomatically(new CampaignPosition(CampaignState.Paused, present), lifted, Ready);

        Assert.Equal(isAccepted, decision.IsAccepted);
        if (!isAccepted)
            Assert.Equal(RejectionReason.PausedByAnother, decision.Rejection?.Reason);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void A_campaign_with_work_left_is_not_complete(bool isAudienceFrozen, long openMessages)
    {
        var decision = CampaignLifecycle.Complete(At(CampaignState.Running), isAudienceFrozen, openMessages, Now);

        Assert.Equal(RejectionReason.WorkLeft, decision.Rejection?.Reason);
    }

    [Theory]
    [InlineData(CampaignState.Draft)]
    [InlineData(CampaignState.Scheduled)]
    [InlineData(CampaignState.Preparing)]
    [InlineData(CampaignState.Running)]
    [InlineData(CampaignState.Paused)]
    public void Every_campaign_that_has_not_ended_can_be_cancelled(CampaignState state)
    {
        var change = Accepted(CampaignLifecycle.Cancel(At(state), "not needed", Now));

        Assert.Equal((CampaignState.Cancelled, "not needed", Now), (change.State, change.StateDetail, change.EndTime));
    }

    [Fact]
    public void Nothing_moves_an_ended_campaign_but_a_message_that_goes_once_more()
    {
        foreach (var state in Enum.GetValues<CampaignState>().Where(CampaignLifecycle.IsFinal))
        {
            var machine = CampaignLifecycle.Create(state, null);
            Assert.Equal(state == CampaignState.Completed ? [CampaignTrigger.Reopen] : [], machine.PermittedTriggers);
        }
    }

    [Fact]
    public void A_completed_campaign_goes_on_for_a_message_that_goes_once_more()
    {
        var change = Accepted(CampaignLifecycle.Reopen(At(CampaignState.Completed)));

        Assert.Equal((CampaignState.Running, null), (change.State, change.EndTime));
    }

    [Fact]
    public void A_campaign_that_cannot_be_carried_out_fails_with_its_reason()
    {
        var change = Accepted(CampaignLifecycle.Fail(At(CampaignState.Scheduled), "The template is Rejected.", Now));

        Assert.Equal((CampaignState.Failed, "The template is Rejected.", Now), (change.State, change.StateDetail, change.EndTime));
    }

    private static CampaignPosition At(CampaignState state) => new(state, PauseCause.None);

    private static CampaignChange Accepted(Decision<CampaignChange> decision)
    {
        Assert.True(decision.IsAccepted, decision.ToString());
        return decision.Change;
    }
}
