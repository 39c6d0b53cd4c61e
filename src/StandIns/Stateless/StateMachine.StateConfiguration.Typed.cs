using Stateless.Reflection;

namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    public partial class StateConfiguration
    {
        /// <summary>Accepts a trigger with one argument under a guard, and moves to another state.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationState">The state to move to; not this one.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitIf<TArg0>(
            TriggerWithParameters<TArg0> trigger, TState destinationState, Func<TArg0, bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            return AddMove(
                trigger.Trigger,
                destinationState,
                Guarded(args => guard(Arguments.Get<TArg0>(args, 0)), guard, guardDescription));
        }

        /// <summary>Accepts a trigger with two arguments under a guard, and moves to another state.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationState">The state to move to; not this one.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitIf<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger,
            TState destinationState,
            Func<TArg0, TArg1, bool> guard,
            string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            return AddMove(
                trigger.Trigger,
                destinationState,
                Guarded(args => guard(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1)), guard, guardDescription));
        }

        /// <summary>Accepts a trigger with three arguments under a guard, and moves to another state.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationState">The state to move to; not this one.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitIf<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger,
            TState destinationState,
            Func<TArg0, TArg1, TArg2, bool> guard,
            string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            return AddMove(
                trigger.Trigger,
                destinationState,
                Guarded(
                    args => guard(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2)),
                    guard,
                    guardDescription));
        }

        /// <summary>Accepts a trigger with one argument, and moves to a state that is chosen then.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationStateSelector">Chooses the state to move to.</param>
        /// <param name="destinationStateSelectorDescription">Names the choice in drawings.</param>
        /// <param name="possibleDestinationStates">The states that may be chosen, for drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitDynamic<TArg0>(
            TriggerWithParameters<TArg0> trigger,
            Func<TArg0, TState> destinationStateSelector,
            string? destinationStateSelectorDescription = null,
            DynamicStateInfos? possibleDestinationStates = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            return AddDynamic(
                trigger.Trigger,
                args => destinationStateSelector(Arguments.Get<TArg0>(args, 0)),
                InvocationInfo.Create(destinationStateSelector, destinationStateSelectorDescription),
                NoGuards,
                possibleDestinationStates);
        }

        /// <summary>Accepts a trigger with two arguments, and moves to a state that is chosen then.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationStateSelector">Chooses the state to move to.</param>
        /// <param name="destinationStateSelectorDescription">Names the choice in drawings.</param>
        /// <param name="possibleDestinationStates">The states that may be chosen, for drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitDynamic<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger,
            Func<TArg0, TArg1, TState> destinationStateSelector,
            string? destinationStateSelectorDescription = null,
            DynamicStateInfos? possibleDestinationStates = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            return AddDynamic(
                trigger.Trigger,
                args => destinationStateSelector(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1)),
                InvocationInfo.Create(destinationStateSelector, destinationStateSelectorDescription),
                NoGuards,
                possibleDestinationStates);
        }

        /// <summary>Accepts a trigger with three arguments, and moves to a state that is chosen then.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationStateSelector">Chooses the state to move to.</param>
        /// <param name="destinationStateSelectorDescription">Names the choice in drawings.</param>
        /// <param name="possibleDestinationStates">The states that may be chosen, for drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitDynamic<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger,
            Func<TArg0, TArg1, TArg2, TState> destinationStateSelector,
            string? destinationStateSelectorDescription = null,
            DynamicStateInfos? possibleDestinationStates = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            return AddDynamic(
                trigger.Trigger,
                args => destinationStateSelector(
                    Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2)),
                InvocationInfo.Create(destinationStateSelector, destinationStateSelectorDescription),
                NoGuards,
                possibleDestinationStates);
        }

        /// <summary>Accepts a trigger with one argument under a guard, and moves to a state that is chosen then.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="destinationStateSelector">Chooses the state to move to.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <param name="possibleDestinationStates">The states that may be chosen, for drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitDynamicIf<TArg0>(
            TriggerWithParameters<TArg0> trigger,
            Func<TArg0, TState> destinationStateSelector,
            Func<TArg0, bool> guard,
            string? guardDescription = null,
            DynamicStateInfos? possibleDestinationStates = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(destinationStateSelector);
            ArgumentNullException.ThrowIfNull(guard);
            return AddDynamic(
                trigger.Trigger,
                args => destinationStateSelector(Arguments.Get<TArg0>(args, 0)),
                InvocationInfo.Create(destinationStateSelector, null),
                Guarded(args => guard(Arguments.Get<TArg0>(args, 0)), guard, guardDescription),
                possibleDestinationStates);
        }

        /// <summary>Accepts a trigger with one argument under a guard, and re-enters this state.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration PermitReentryIf<TArg0>(
            TriggerWithParameters<TArg0> trigger, Func<TArg0, bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            return AddReentry(trigger.Trigger, Guarded(args => guard(Arguments.Get<TArg0>(args, 0)), guard, guardDescription));
        }

        /// <summary>Accepts a trigger with one argument under a guard, and does nothing.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The trigger to ignore.</param>
        /// <param name="guard">Must be true for the trigger to be ignored.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration IgnoreIf<TArg0>(
            TriggerWithParameters<TArg0> trigger, Func<TArg0, bool> guard, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            return AddIgnore(trigger.Trigger, Guarded(args => guard(Arguments.Get<TArg0>(args, 0)), guard, guardDescription));
        }
    }
}
