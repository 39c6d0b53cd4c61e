namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    public partial class StateConfiguration
    {
        /// <summary>Adds an action for entries that a trigger with one argument caused.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom<TArg0>(
            TriggerWithParameters<TArg0> trigger, Action<TArg0> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Synchronous((_, args) => entryAction(Arguments.Get<TArg0>(args, 0)), entryAction, entryActionDescription));
        }

        /// <summary>Adds an action for entries that a trigger with one argument caused.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom<TArg0>(
            TriggerWithParameters<TArg0> trigger, Action<TArg0, Transition> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Synchronous(
                    (transition, args) => entryAction(Arguments.Get<TArg0>(args, 0), transition),
                    entryAction,
                    entryActionDescription));
        }

        /// <summary>Adds an asynchronous action for entries that a trigger with one argument caused.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync<TArg0>(
            TriggerWithParameters<TArg0> trigger, Func<TArg0, Task> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Asynchronous((_, args) => entryAction(Arguments.Get<TArg0>(args, 0)), entryAction, entryActionDescription, EntryRefusal));
        }

        /// <summary>Adds an asynchronous action for entries that a trigger with one argument caused.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync<TArg0>(
            TriggerWithParameters<TArg0> trigger, Func<TArg0, Transition, Task> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Asynchronous(
                    (transition, args) => entryAction(Arguments.Get<TArg0>(args, 0), transition),
                    entryAction,
                    entryActionDescription,
                    EntryRefusal));
        }

        /// <summary>Adds an action for entries that a trigger with two arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger, Action<TArg0, TArg1> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Synchronous(
                    (_, args) => entryAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1)),
                    entryAction,
                    entryActionDescription));
        }

        /// <summary>Adds an action for entries that a trigger with two arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger,
            Action<TArg0, TArg1, Transition> entryAction,
            string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Synchronous(
                    (transition, args) => entryAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), transition),
                    entryAction,
                    entryActionDescription));
        }

        /// <summary>Adds an asynchronous action for entries that a trigger with two arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger, Func<TArg0, TArg1, Task> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Asynchronous(
                    (_, args) => entryAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1)),
                    entryAction,
                    entryActionDescription,
                    EntryRefusal));
        }

        /// <summary>Adds an asynchronous action for entries that a trigger with two arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger,
            Func<TArg0, TArg1, Transition, Task> entryAction,
            string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Asynchronous(
                    (transition, args) => entryAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), transition),
                    entryAction,
                    entryActionDescription,
                    EntryRefusal));
        }

        /// <summary>Adds an action for entries that a trigger with three arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger,
            Action<TArg0, TArg1, TArg2> entryAction,
            string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Synchronous(
                    (_, args) => entryAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2)),
                    entryAction,
                    entryActionDescription));
        }

        /// <summary>Adds an action for entries that a trigger with three arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger,
            Action<TArg0, TArg1, TArg2, Transition> entryAction,
            string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Synchronous(
                    (transition, args) => entryAction(
                        Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2), transition),
                    entryAction,
                    entryActionDescription));
        }

        /// <summary>Adds an asynchronous action for entries that a trigger with three arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger,
            Func<TArg0, TArg1, TArg2, Task> entryAction,
            string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Asynchronous(
                    (_, args) => entryAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2)),
                    entryAction,
                    entryActionDescription,
                    EntryRefusal));
        }

        /// <summary>Adds an asynchronous action for entries that a trigger with three arguments caused.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger,
            Func<TArg0, TArg1, TArg2, Transition, Task> entryAction,
            string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(
                trigger.Trigger,
                Asynchronous(
                    (transition, args) => entryAction(
                        Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2), transition),
                    entryAction,
                    entryActionDescription,
                    EntryRefusal));
        }

        /// <summary>Accepts a trigger with one argument without leaving the state, and runs an action.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransition<TArg0>(
            TriggerWithParameters<TArg0> trigger, Action<TArg0, Transition> internalAction)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger.Trigger,
                Always,
                Synchronous((transition, args) => internalAction(Arguments.Get<TArg0>(args, 0), transition), internalAction, null));
        }

        /// <summary>Accepts a trigger with two arguments without leaving the state, and runs an action.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransition<TArg0, TArg1>(
            TriggerWithParameters<TArg0, TArg1> trigger, Action<TArg0, TArg1, Transition> internalAction)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger.Trigger,
                Always,
                Synchronous(
                    (transition, args) => internalAction(Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), transition),
                    internalAction,
                    null));
        }

        /// <summary>Accepts a trigger with three arguments without leaving the state, and runs an action.</summary>
        /// <typeparam name="TArg0">The first argument's type.</typeparam>
        /// <typeparam name="TArg1">The second argument's type.</typeparam>
        /// <typeparam name="TArg2">The third argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransition<TArg0, TArg1, TArg2>(
            TriggerWithParameters<TArg0, TArg1, TArg2> trigger, Action<TArg0, TArg1, TArg2, Transition> internalAction)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger.Trigger,
                Always,
                Synchronous(
                    (transition, args) => internalAction(
                        Arguments.Get<TArg0>(args, 0), Arguments.Get<TArg1>(args, 1), Arguments.Get<TArg2>(args, 2), transition),
                    internalAction,
                    null));
        }

        /// <summary>Accepts a trigger with one argument under a guard without leaving the state, and runs an action.</summary>
        /// <typeparam name="TArg0">The argument's type.</typeparam>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="internalAction">The action.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransitionIf<TArg0>(
            TriggerWithParameters<TArg0> trigger,
            Func<TArg0, bool> guard,
            Action<TArg0, Transition> internalAction,
            string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(guard);
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger.Trigger,
                Guarded(args => guard(Arguments.Get<TArg0>(args, 0)), guard, guardDescription),
                Synchronous((transition, args) => internalAction(Arguments.Get<TArg0>(args, 0), transition), internalAction, null));
        }
    }
}
