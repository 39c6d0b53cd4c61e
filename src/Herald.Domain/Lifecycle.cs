using Stateless;
using Stateless.Reflection;

namespace Herald.Domain;

/// <summary>Asks the machines. A machine is the only place where a life cycle is written down; this reads decisions off it.</summary>
internal static class Lifecycle
{
    /// <summary>
    /// The state after the trigger, or why it is refused: <paramref name="unmet"/> if only a guard stands against it,
    /// else the state, with the states that allow the trigger.
    /// </summary>
    public static Decision<TState> Decide<TState, TTrigger>(
        Func<TState, StateMachine<TState, TTrigger>> create, TState state, TTrigger trigger, Rejection? unmet)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var machine = create(state);
        if (machine.CanFire(trigger, out var unmetGuards))
        {
            machine.Fire(trigger);
            return Decision.Accept(machine.State);
        }
        if (unmetGuards is { Count: > 0 } && unmet is not null)
            return Decision.Reject<TState>(unmet.Reason, unmet.Text, unmet.AllowedStates);
        return Decision.Reject<TState>(
            RejectionReason.StateForbids, $"{trigger} is not possible in state {state}.", StatesThatAllow(machine.GetInfo(), trigger));
    }

    /// <summary>The names of the states with a transition for the trigger, ordered by their numbers.</summary>
    private static string[] StatesThatAllow<TTrigger>(StateMachineInfo info, TTrigger trigger)
        where TTrigger : struct, Enum =>
        [.. info.States
            .Where(state => state.Transitions.Any(transition => transition.Trigger.UnderlyingTrigger.Equals(trigger)))
            .Select(state => (Enum)state.UnderlyingState)
            .Order()
            .Select(state => state.ToString())];
}
