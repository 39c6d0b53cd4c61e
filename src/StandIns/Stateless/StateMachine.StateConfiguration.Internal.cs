namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    public partial class StateConfiguration
    {
        private static string InternalRefusal => "Running Async internal actions in synchronous mode is not allowed";

        /// <summary>Accepts a trigger without leaving the state, and runs an action.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransition(TTrigger trigger, Action internalAction)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(trigger, Always, Synchronous((_, _) => internalAction(), internalAction, null));
        }

        /// <summary>Accepts a trigger without leaving the state, and runs an action.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action; it is given the transition.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransition(TTrigger trigger, Action<Transition> internalAction)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(trigger, Always, Synchronous((transition, _) => internalAction(transition), internalAction, null));
        }

        /// <summary>Accepts a trigger under a guard without leaving the state, and runs an action.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="internalAction">The action.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransitionIf(
            TTrigger trigger, Func<bool> guard, Action internalAction, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(guard);
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger, Guarded(_ => guard(), guard, guardDescription), Synchronous((_, _) => internalAction(), internalAction, null));
        }

        /// <summary>Accepts a trigger under a guard without leaving the state, and runs an action.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="guard">Must be true for the trigger to be accepted.</param>
        /// <param name="internalAction">The action; it is given the transition.</param>
        /// <param name="guardDescription">Names the guard in errors and drawings.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransitionIf(
            TTrigger trigger, Func<bool> guard, Action<Transition> internalAction, string? guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(guard);
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger,
                Guarded(_ => guard(), guard, guardDescription),
                Synchronous((transition, _) => internalAction(transition), internalAction, null));
        }

        /// <summary>Accepts a trigger without leaving the state, and awaits an action; fire it with FireAsync.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransitionAsync(TTrigger trigger, Func<Task> internalAction)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(trigger, Always, Asynchronous((_, _) => internalAction(), internalAction, null, InternalRefusal));
        }

        /// <summary>Accepts a trigger without leaving the state, and awaits an action; fire it with FireAsync.</summary>
        /// <param name="trigger">The accepted trigger.</param>
        /// <param name="internalAction">The action; it is given the transition.</param>
        /// <returns>This configuration.</returns>
        public StateConfiguration InternalTransitionAsync(TTrigger trigger, Func<Transition, Task> internalAction)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return AddInternal(
                trigger, Always, Asynchronous((transition, _) => internalAction(transition), internalAction, null, InternalRefusal));
        }
    }
}
