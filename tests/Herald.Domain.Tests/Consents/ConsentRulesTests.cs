using Herald.Domain.Consents;
using Herald.Domain.Senders;
using Herald.Domain.Templates;

namespace Herald.Domain.Tests.Consents;

public sealed class ConsentRulesTests
{
    [Fact]
    public void Marketing_without_any_record_needs_an_opt_in()
    {
        Assert.Equal(SuppressionReason.NoOptIn, ConsentRules.MayReceive(TemplateCategory.Marketing, default, default));
    }

    [Fact]
    public void Utility_and_authentication_need_no_opt_in()
    {
        Assert.Equal(SuppressionReason.None, ConsentRules.MayReceive(TemplateCategory.Utility, default, default));
        Assert.Equal(SuppressionReason.None, ConsentRules.MayReceive(TemplateCategory.Authentication, default, default));
    }

    [Fact]
    public void A_stop_ends_marketing_and_leaves_utility()
    {
        var projection = Project(Grant(1, ConsentPurpose.All), ConsentRules.Stop(ConsentSource.Keyword, 2));

        Assert.Equal(SuppressionReason.OptedOut, ConsentRules.MayReceive(TemplateCategory.Marketing, projection, default));
        Assert.Equal(SuppressionReason.None, ConsentRules.MayReceive(TemplateCategory.Utility, projection, default));
    }

    [Fact]
    public void A_revoke_of_all_ends_utility_too_and_never_authentication()
    {
        var projection = Project(new ConsentEvent(ConsentPurpose.All, ConsentAction.Revoke, ConsentScope.Tenant, ConsentSource.Api, 5));

        Assert.Equal(SuppressionReason.OptedOut, ConsentRules.MayReceive(TemplateCategory.Utility, projection, default));
        Assert.Equal(SuppressionReason.None, ConsentRules.MayReceive(TemplateCategory.Authentication, projection, default));
    }

    [Fact]
    public void A_preference_against_one_sender_suppresses_that_sender_only()
    {
        var tenant = Project(Grant(1, ConsentPurpose.Marketing));
        var sender = Project(new ConsentEvent(ConsentPurpose.Marketing, ConsentAction.Revoke, ConsentScope.Tenant, ConsentSource.Meta, 2));

        Assert.Equal(SuppressionReason.SenderPreference, ConsentRules.MayReceive(TemplateCategory.Marketing, tenant, sender));
        Assert.Equal(SuppressionReason.None, ConsentRules.MayReceive(TemplateCategory.Marketing, tenant, default));
    }

    [Fact]
    public void A_resume_for_one_sender_does_not_undo_a_stop()
    {
        var tenant = Project(Grant(1, ConsentPurpose.Marketing), ConsentRules.Stop(ConsentSource.Keyword, 2));
        var sender = Project(new ConsentEvent(ConsentPurpose.Marketing, ConsentAction.Grant, ConsentScope.Tenant, ConsentSource.Meta, 3));

        Assert.Equal(SuppressionReason.OptedOut, ConsentRules.MayReceive(TemplateCategory.Marketing, tenant, sender));
    }

    [Fact]
    public void A_sender_preference_is_no_opt_in()
    {
        var sender = Project(Grant(1, ConsentPurpose.Marketing));

        Assert.Equal(SuppressionReason.NoOptIn, ConsentRules.MayReceive(TemplateCategory.Marketing, default, sender));
    }

    [Fact]
    public void An_import_after_a_stop_does_not_lift_it()
    {
        var projection = Project(
            Grant(1, ConsentPurpose.Marketing),
            ConsentRules.Stop(ConsentSource.Keyword, 2),
            Grant(3, ConsentPurpose.Marketing, ConsentSource.Import));

        Assert.Equal(ConsentState.Revoked, projection.Marketing.State);
    }

    [Fact]
    public void A_stop_that_is_older_than_an_import_still_ends_marketing()
    {
        var projection = Project(Grant(10, ConsentPurpose.Marketing, ConsentSource.Import), ConsentRules.Stop(ConsentSource.Keyword, 2));

        Assert.Equal(ConsentState.Revoked, projection.Marketing.State);
    }

    [Fact]
    public void A_revoke_wins_a_tie()
    {
        var projection = Project(ConsentRules.Stop(ConsentSource.Keyword, 4), Grant(4, ConsentPurpose.Marketing, ConsentSource.Keyword));

        Assert.Equal(ConsentState.Revoked, projection.Marketing.State);
    }

    [Fact]
    public void Start_re_opens_what_was_opted_in_before()
    {
        var decision = ConsentRules.Start(ConsentSource.Keyword, 9, wasOptedInBefore: true, startCountsAsOptIn: false);

        Assert.True(decision.IsAccepted);
        var projection = Project(Grant(1, ConsentPurpose.Marketing), ConsentRules.Stop(ConsentSource.Keyword, 5), decision.Change);
        Assert.Equal(ConsentState.Granted, projection.Marketing.State);
        Assert.Equal(ConsentScope.Tenant, decision.Change.Scope);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public void Start_alone_is_an_opt_in_only_if_the_tenant_says_so(bool wasOptedInBefore, bool startCountsAsOptIn, bool isAccepted)
    {
        var decision = ConsentRules.Start(ConsentSource.Keyword, 9, wasOptedInBefore, startCountsAsOptIn);

        Assert.Equal(isAccepted, decision.IsAccepted);
        Assert.Equal(isAccepted ? null : RejectionReason.NeverOptedIn, decision.Rejection?.Reason);
    }

    [Fact]
    public void A_stop_that_a_slow_clock_records_is_still_later_than_the_start_before_it()
    {
        var said = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var slow = said.AddSeconds(-30);

        var start = ConsentRules.EventTimeMicros(said, said.AddMilliseconds(100), ConsentAction.Grant, isWholeSeconds: true);
        var stop = ConsentRules.EventTimeMicros(said.AddSeconds(2), slow.AddSeconds(2), ConsentAction.Revoke, isWholeSeconds: true);
        var farAhead = ConsentRules.EventTimeMicros(said.AddDays(30), said, ConsentAction.Revoke, isWholeSeconds: true);

        Assert.True(stop > start);
        Assert.Equal(Micros.FromTime(said + ConsentRules.ClockTolerance), farAhead);
    }

    [Fact]
    public void A_time_in_the_future_counts_from_its_recording()
    {
        var recorded = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var micros = ConsentRules.EventTimeMicros(recorded.AddDays(30), recorded, ConsentAction.Grant, isWholeSeconds: false);

        Assert.Equal(Micros.FromTime(recorded), micros);
    }

    [Fact]
    public void A_stop_told_in_whole_seconds_beats_a_grant_earlier_in_the_same_second()
    {
        var second = new DateTimeOffset(2026, 1, 1, 0, 0, 5, TimeSpan.Zero);
        var grant = ConsentRules.EventTimeMicros(second.AddMilliseconds(500), second.AddMilliseconds(500), ConsentAction.Grant, isWholeSeconds: false);
        var stop = ConsentRules.EventTimeMicros(second, second.AddSeconds(1), ConsentAction.Revoke, isWholeSeconds: true);

        var projection = Project(Grant(grant, ConsentPurpose.Marketing), ConsentRules.Stop(ConsentSource.Keyword, stop));

        Assert.Equal(ConsentState.Revoked, projection.Marketing.State);
    }

    [Fact]
    public void The_scope_of_the_tenant_is_stored_as_the_nil_uuid()
    {
        var sender = new SenderId(Guid.Parse("0197c8d2-0a1b-7c3d-8e4f-0123456789ab"));

        Assert.Equal(Guid.Empty, ConsentScope.Tenant.Value);
        Assert.Equal(ConsentScope.Tenant, ConsentScope.FromGuid(Guid.Empty));
        Assert.Equal(sender, ConsentScope.FromGuid(new ConsentScope(sender).Value).Sender);
    }

    private static ConsentEvent Grant(long time, ConsentPurpose purpose, ConsentSource source = ConsentSource.Api) =>
        new(purpose, ConsentAction.Grant, ConsentScope.Tenant, source, time);

    private static ConsentProjection Project(params ConsentEvent[] events) => events.Aggregate(ConsentProjection.Empty, ConsentRules.Apply);
}
