using Herald.Domain.Senders;

namespace Herald.Domain.Tests.Senders;

public sealed class SenderLifecycleTests
{
    [Fact]
    public void A_sender_is_registered_and_becomes_active()
    {
        var registered = SenderLifecycle.Decide(SenderState.Pending, SenderTrigger.Register).Change;
        var active = SenderLifecycle.Decide(registered, SenderTrigger.Activate).Change;

        Assert.Equal((SenderState.Registered, SenderState.Active), (registered, active));
    }

    [Theory]
    [InlineData(SenderState.Active, SenderTrigger.Throttle, SenderState.Throttled)]
    [InlineData(SenderState.Throttled, SenderTrigger.Activate, SenderState.Active)]
    [InlineData(SenderState.Throttled, SenderTrigger.Throttle, SenderState.Throttled)]
    [InlineData(SenderState.Active, SenderTrigger.Restrict, SenderState.Restricted)]
    [InlineData(SenderState.Restricted, SenderTrigger.Throttle, SenderState.Restricted)]
    [InlineData(SenderState.Restricted, SenderTrigger.Activate, SenderState.Active)]
    [InlineData(SenderState.Restricted, SenderTrigger.Disconnect, SenderState.Disconnected)]
    [InlineData(SenderState.Disconnected, SenderTrigger.Disconnect, SenderState.Disconnected)]
    [InlineData(SenderState.Disconnected, SenderTrigger.Register, SenderState.Registered)]
    public void A_move_of_the_table_is_accepted(SenderState current, SenderTrigger trigger, SenderState next)
    {
        Assert.Equal(next, SenderLifecycle.Decide(current, trigger).Change);
    }

    [Fact]
    public void A_disconnected_sender_is_not_active_before_it_is_registered_anew()
    {
        var decision = SenderLifecycle.Decide(SenderState.Disconnected, SenderTrigger.Activate);

        Assert.Equal(RejectionReason.StateForbids, decision.Rejection?.Reason);
        Assert.Equal(["Registered", "Throttled", "Restricted"], decision.Rejection?.AllowedStates);
    }

    [Fact]
    public void Campaigns_are_sent_from_active_and_throttled_senders_only()
    {
        Assert.Equal([SenderState.Active, SenderState.Throttled], Enum.GetValues<SenderState>().Where(SenderLifecycle.MaySend));
    }
}
