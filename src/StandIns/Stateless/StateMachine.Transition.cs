namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    /// <summary>One change of state, as actions and listeners see it.</summary>
    public class Transition
    {
        /// <summary>Describes a change of state.</summary>
        /// <param name="source">The state that is left.</param>
        /// <param name="destination">The state that is entered.</param>
        /// <param name="trigger">What caused it.</param>
        /// <param name="parameters">The trigger's arguments; none if left out.</param>
        public Transition(TState source, TState destination, TTrigger trigger, object[]? parameters = null)
        {
            Source = source;
            Destination = destination;
            Trigger = trigger;
            Parameters = parameters ?? [];
        }

        /// <summary>The state that is left.</summary>
        public TState Source { get; }

        /// <summary>The state that is entered.</summary>
        public TState Destination { get; }

        /// <summary>What caused it.</summary>
        public TTrigger Trigger { get; }

        /// <summary>The trigger's arguments, in order.</summary>
        public object[] Parameters { get; }

        /// <summary>True if the same state is left and entered again.</summary>
        public bool IsReentry => Source.Equals(Destination);
    }

    /// <summary>The step from a superstate into the substate that it begins with.</summary>
    private sealed class InitialStep(TState source, TState destination, TTrigger trigger, object[] parameters)
        : Transition(source, destination, trigger, parameters);
}
