using Stateless.Reflection;

namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    public partial class StateConfiguration
    {
        private string EntryRefusal
            => $"Cannot execute asynchronous action specified in OnEntry event for '{State}' state. "
                + "Use asynchronous version of Fire [FireAsync]";

        private string ExitRefusal
            => $"Cannot execute asynchronous action specified in OnExit event for '{State}' state. "
                + "Use asynchronous version of Fire [FireAsync]";

        /// <summary>Adds an action that runs when the state is entered.</summary>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntry(Action entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntry(Synchronous((_, _) => entryAction(), entryAction, entryActionDescription));
        }

        /// <summary>Adds an action that runs when the state is entered.</summary>
        /// <param name="entryAction">The action; it is given the transition.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntry(Action<Transition> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntry(Synchronous((transition, _) => entryAction(transition), entryAction, entryActionDescription));
        }

        /// <summary>Adds an asynchronous action that runs when the state is entered by FireAsync.</summary>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryAsync(Func<Task> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntry(Asynchronous((_, _) => entryAction(), entryAction, entryActionDescription, EntryRefusal));
        }

        /// <summary>Adds an asynchronous action that runs when the state is entered by FireAsync.</summary>
        /// <param name="entryAction">The action; it is given the transition.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryAsync(Func<Transition, Task> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntry(Asynchronous((transition, _) => entryAction(transition), entryAction, entryActionDescription, EntryRefusal));
        }

        /// <summary>Adds an action that runs when a certain trigger caused the entry.</summary>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom(TTrigger trigger, Action entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(trigger, Synchronous((_, _) => entryAction(), entryAction, entryActionDescription));
        }

        /// <summary>Adds an action that runs when a certain trigger caused the entry.</summary>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action; it is given the transition.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFrom(TTrigger trigger, Action<Transition> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(trigger, Synchronous((transition, _) => entryAction(transition), entryAction, entryActionDescription));
        }

        /// <summary>Adds an asynchronous action that runs when a certain trigger caused the entry.</summary>
        /// <param name="trigger">The trigger.</param>
        /// <param name="entryAction">The action.</param>
        /// <param name="entryActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnEntryFromAsync(TTrigger trigger, Func<Task> entryAction, string? entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return AddEntryFrom(trigger, Asynchronous((_, _) => entryAction(), entryAction, entryActionDescription, EntryRefusal));
        }

        /// <summary>Adds an action that runs when the state is left.</summary>
        /// <param name="exitAction">The action.</param>
        /// <param name="exitActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnExit(Action exitAction, string? exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            return AddTo(_node.Exit, Synchronous((_, _) => exitAction(), exitAction, exitActionDescription));
        }

        /// <summary>Adds an action that runs when the state is left.</summary>
        /// <param name="exitAction">The action; it is given the transition.</param>
        /// <param name="exitActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnExit(Action<Transition> exitAction, string? exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            return AddTo(_node.Exit, Synchronous((transition, _) => exitAction(transition), exitAction, exitActionDescription));
        }

        /// <summary>Adds an asynchronous action that runs when the state is left by FireAsync.</summary>
        /// <param name="exitAction">The action.</param>
        /// <param name="exitActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnExitAsync(Func<Task> exitAction, string? exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            return AddTo(_node.Exit, Asynchronous((_, _) => exitAction(), exitAction, exitActionDescription, ExitRefusal));
        }

        /// <summary>Adds an asynchronous action that runs when the state is left by FireAsync.</summary>
        /// <param name="exitAction">The action; it is given the transition.</param>
        /// <param name="exitActionDescription">Names the action in drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnExitAsync(Func<Transition, Task> exitAction, string? exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            return AddTo(
                _node.Exit, Asynchronous((transition, _) => exitAction(transition), exitAction, exitActionDescription, ExitRefusal));
        }

        /// <summary>Adds an action that Activate runs in this state and its substates.</summary>
        /// <param name="activateAction">The action.</param>
        /// <param name="activateActionDescription">Names the action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnActivate(Action activateAction, string? activateActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(activateAction);
            return AddTo(_node.Activate, Synchronous((_, _) => activateAction(), activateAction, activateActionDescription));
        }

        /// <summary>Adds an asynchronous action that ActivateAsync runs in this state and its substates.</summary>
        /// <param name="activateAction">The action.</param>
        /// <param name="activateActionDescription">Names the action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnActivateAsync(Func<Task> activateAction, string? activateActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(activateAction);
            return AddTo(_node.Activate, Asynchronous(
                (_, _) => activateAction(),
                activateAction,
                activateActionDescription,
                $"Cannot execute asynchronous action specified in OnActivateAsync for '{State}' state. "
                    + "Use asynchronous version of Activate [ActivateAsync]"));
        }

        /// <summary>Adds an action that Deactivate runs in this state and its substates.</summary>
        /// <param name="deactivateAction">The action.</param>
        /// <param name="deactivateActionDescription">Names the action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnDeactivate(Action deactivateAction, string? deactivateActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(deactivateAction);
            return AddTo(_node.Deactivate, Synchronous((_, _) => deactivateAction(), deactivateAction, deactivateActionDescription));
        }

        /// <summary>Adds an asynchronous action that DeactivateAsync runs in this state and its substates.</summary>
        /// <param name="deactivateAction">The action.</param>
        /// <param name="deactivateActionDescription">Names the action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration OnDeactivateAsync(Func<Task> deactivateAction, string? deactivateActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(deactivateAction);
            return AddTo(_node.Deactivate, Asynchronous(
                (_, _) => deactivateAction(),
                deactivateAction,
                deactivateActionDescription,
                $"Cannot execute asynchronous action specified in OnDeactivateAsync for '{State}' state. "
                    + "Use asynchronous version of Deactivate [DeactivateAsync]"));
        }

        private static StateAction Synchronous(Action<Transition, object[]> run, Delegate named, string? description)
            => new(
                (transition, args) =>
                {
                    run(transition, args);
                    return Task.CompletedTask;
                },
                InvocationInfo.Create(named, description));

        private StateAction Asynchronous(Func<Transition, object[], Task> run, Delegate named, string? description, string refusal)
            => new(
                (transition, args) => Machine.Await(() => run(transition, args), refusal),
                InvocationInfo.Create(named, description, InvocationInfo.Timing.Asynchronous));

        private StateConfiguration AddEntry(StateAction action) => AddTo(_node.Entry, action);

        private StateConfiguration AddEntryFrom(TTrigger trigger, StateAction action)
            => AddTo(_node.Entry, action with { HasFrom = true, From = trigger });

        private StateConfiguration AddTo(List<StateAction> actions, StateAction action)
        {
            actions.Add(action);
            return this;
        }
    }
}
