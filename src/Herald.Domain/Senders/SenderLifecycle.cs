using Stateless;

namespace Herald.Domain.Senders;

/// <summary>
/// The life of a sender. A disconnected one is registered anew when its business connects it again. What repeats the present state is
/// accepted and changes nothing. The table is drawn in SenderLifecycle.md.
/// </summary>
public static class SenderLifecycle
{
    /// <summary>The state after the trigger, or why not.</summary>
    public static Decision<SenderState> Decide(SenderState current, SenderTrigger trigger) => Lifecycle.Decide(Create, current, trigger, null);

    /// <summary>Whether campaigns may be sent from it: Active or Throttled.</summary>
    public static bool MaySend(SenderState state) => state is SenderState.Active or SenderState.Throttled;

    /// <summary>The table.</summary>
    internal static StateMachine<SenderState, SenderTrigger> Create(SenderState state)
    {
        var machine = new StateMachine<SenderState, SenderTrigger>(state);
        machine.Configure(SenderState.Pending)
            .Permit(SenderTrigger.Register, SenderState.Registered)
            .Permit(SenderTrigger.Disconnect, SenderState.Disconnected);
        machine.Configure(SenderState.Registered)
            .Ignore(SenderTrigger.Register)
            .Permit(SenderTrigger.Activate, SenderState.Active)
            .Permit(SenderTrigger.Restrict, SenderState.Restricted)
            .Permit(SenderTrigger.Disconnect, SenderState.Disconnected);
        machine.Configure(SenderState.Active)
            .Ignore(SenderTrigger.Register)
            .Ignore(SenderTrigger.Activate)
            .Permit(SenderTrigger.Throttle, SenderState.Throttled)
            .Permit(SenderTrigger.Restrict, SenderState.Restricted)
            .Permit(SenderTrigger.Disconnect, SenderState.Disconnected);
        machine.Configure(SenderState.Throttled)
            .Ignore(SenderTrigger.Register)
            .Ignore(SenderTrigger.Throttle)
            .Permit(SenderTrigger.Activate, SenderState.Active)
            .Permit(SenderTrigger.Restrict, SenderState.Restricted)
            .Permit(SenderTrigger.Disconnect, SenderState.Disconnected);
        machine.Configure(SenderState.Restricted)
            .Ignore(SenderTrigger.Register)
            .Ignore(SenderTrigger.Throttle)
            .Ignore(SenderTrigger.Restrict)
            .Permit(SenderTrigger.Activate, SenderState.Active)
            .Permit(SenderTrigger.Disconnect, SenderState.Disconnected);
        machine.Configure(SenderState.Disconnected)
            .Ignore(SenderTrigger.Disconnect)
            .Permit(SenderTrigger.Register, SenderState.Registered);
        return machine;
    }
}
