using Stateless.Reflection;

namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    /// <summary>The configuration of one state; calls can be chained.</summary>
    public partial class StateConfiguration
    {
        private static readonly IReadOnlyList<Guard> NoGuards = [];

        /// <summary>The guard of an unconditional internal transition; it is drawn, as an unnamed function.</summary>
        private static readonly IReadOnlyList<Guard> Always = Guarded(static _ => true, (Func<object[], bool>)(static _ => true), null);

        private readonly StateNode _node;

        internal StateConfiguration(StateMachine<TState, TTrigger> machine, StateNode node)
        {
            Machine = machine;
            _node = node;
        }

        /// <summary>The state that is configured.</summary>
        public TState State => _node.State;

        /// <summary>The machine that is configured.</summary>
        public StateMachine<TState, TTrigger> Machine { get; }

        /// <summary>Accepts a trigger and moves to another state.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationState">The state to move to; not this one.</param>
        /// <returns>This configuration.</returns>
        /// <exception cref="ArgumentException">The destination is this state.</exception>
        public StateConfiguration Permit(TTrigger trigger, TState destinationState) => AddMove(trigger, destinationState, NoGuards);

        /// <summary>Accepts a trigger under a guard and moves to another state.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationState">The state to move to; not this one.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        /// <exception cref="ArgumentException">The destination is this state.</exception>
        public StateConfiguration PermitIf(TTrigger trigger, TState destinationState, Func<bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(guard);
            return AddMove(trigger, destinationState, Guarded(_ => guard(), guard, guardDescription));
        }

        /// <summary>Accepts a trigger and re-enters this state: its exit and entry actions run.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitReentry(TTrigger trigger) => AddReentry(trigger, NoGuards);

        /// <summary>Accepts a trigger under a guard and re-enters this state: its exit and entry actions run.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitReentryIf(TTrigger trigger, Func<bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(guard);
            return AddReentry(trigger, Guarded(_ => guard(), guard, guardDescription));
        }

        /// <summary>Accepts a trigger and does nothing.</summary>
        /// <param name="trigger">The trigger to ignore.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration Ignore(TTrigger trigger) => AddIgnore(trigger, NoGuards);

        /// <summary>Accepts a trigger under a guard and does nothing.</summary>
        /// <param name="trigger">The trigger to ignore.</param>
        /// <param name="guard">Must be true for the trigger to be ignored.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration IgnoreIf(TTrigger trigger, Func<bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(guard);
            return AddIgnore(trigger, Guarded(_ => guard(), guard, guardDescription));
        }

        /// <summary>Accepts a trigger and moves to a state that is chosen then.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationStateSelector">Chooses the state to move to.</param>
        /// <param name="destinationStateSelectorDescription">Names the choice in drawings.</param>
        /// <param name="possibleDestinationStates">The states that may be chosen, for drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitDynamic(
            TTrigger trigger,
            Func<TState> destinationStateSelector,
            string? destinationStateSelectorDescription = null,
            DynamicStateInfos? possibleDestinationStates = null)
        {
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            return AddDynamic(
                trigger,
                _ => destinationStateSelector(),
                InvocationInfo.Create(destinationStateSelector, destinationStateSelectorDescription),
                NoGuards,
                possibleDestinationStates);
        }

        /// <summary>Accepts a trigger under a guard and moves to a state that is chosen then.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationStateSelector">Chooses the state to move to.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <param name="possibleDestinationStates">The states that may be chosen, for drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitDynamicIf(
            TTrigger trigger,
            Func<TState> destinationStateSelector,
            Func<bool> guard,
            string? guardDescription = null,
            DynamicStateInfos? possibleDestinationStates = null)
        {
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            ArgumentNullException.ThrowIfNull(guard);
            return AddDynamic(
                trigger,
                _ => destinationStateSelector(),
                InvocationInfo.Create(destinationStateSelector, null),
                Guarded(_ => guard(), guard, guardDescription),
                possibleDestinationStates);
        }

        /// <summary>Puts this state below another: it inherits the triggers, and the outer state stays entered.</summary>
        /// <param name="superstate">The outer state.</param>
        /// <returns>This configuration.</returns>
        /// <exception cref="ArgumentException">The states would form a circle.</exception>
        public StateConfiguration SubstateOf(TState superstate)
        {
            if (State.Equals(superstate))
            {
                throw new ArgumentException($"Configuring {State} as a substate of {superstate} creates an illegal cyclic configuration.");
            }

            var parent = Machine.Node(superstate);
            if (parent.IsWithin(State))
            {
                throw new ArgumentException(
                    $"Configuring {State} as a substate of {superstate} creates an illegal nested cyclic configuration.");
            }

            _node.Parent = parent;
            parent.Children.Add(_node);
            return this;
        }

        /// <summary>Names the substate that is entered after this state has been entered.</summary>
        /// <param name="targetState">The substate.</param>
        /// <returns>This configuration.</returns>
        /// <exception cref="InvalidOperationException">One is named already.</exception>
        /// <exception cref="ArgumentException">The target is this state.</exception>
        public StateConfiguration InitialTransition(TState targetState)
        {
            if (_node.HasFirstChild)
            {
                throw new InvalidOperationException(
                    $"This state has already been configured with an initial transition ({_node.FirstChild}).");
            }

            if (State.Equals(targetState))
            {
                throw new ArgumentException(
                    "Setting the current state as the target destination state is not allowed.", nameof(targetState));
            }

            _node.BeginWith(targetState);
            return this;
        }

        private static IReadOnlyList<Guard> Guarded(Func<object[], bool> test, Delegate named, string? description)
            => [new Guard(test, InvocationInfo.Create(named, description))];

        private StateConfiguration AddMove(TTrigger trigger, TState destination, IReadOnlyList<Guard> guards)
        {
            if (State.Equals(destination))
            {
                throw new ArgumentException(
                    "Permit() (and PermitIf()) require that the destination state is not equal to the source state. "
                    + "To accept a trigger without changing state, use either Ignore() or PermitReentry().");
            }

            return Add(new Behaviour(BehaviourKind.Move, trigger, guards)
            {
                Destination = _ => destination,
                FixedDestination = destination,
            });
        }

        private StateConfiguration AddReentry(TTrigger trigger, IReadOnlyList<Guard> guards)
            => Add(new Behaviour(BehaviourKind.Reentry, trigger, guards) { Destination = _ => State, FixedDestination = State });

        private StateConfiguration AddIgnore(TTrigger trigger, IReadOnlyList<Guard> guards)
            => Add(new Behaviour(BehaviourKind.Ignore, trigger, guards));

        private StateConfiguration AddInternal(TTrigger trigger, IReadOnlyList<Guard> guards, StateAction action)
            => Add(new Behaviour(BehaviourKind.Internal, trigger, guards) { Action = action });

        private StateConfiguration AddDynamic(
            TTrigger trigger,
            Func<object[], TState> choose,
            InvocationInfo chooser,
            IReadOnlyList<Guard> guards,
            DynamicStateInfos? possible)
            => Add(new Behaviour(BehaviourKind.Dynamic, trigger, guards)
            {
                Destination = choose,
                Info = DynamicTransitionInfo.Create(trigger, [.. guards.Select(guard => guard.Method)], chooser, possible),
            });

        private StateConfiguration Add(Behaviour behaviour)
        {
            _node.Add(behaviour);
            return this;
        }
    }
}
