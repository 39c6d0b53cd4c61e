namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    /// <summary>Replaces the exception that an unaccepted trigger throws.</summary>
    /// <param name="unhandledTriggerAction">Called with the state and the trigger.</param>
    public void OnUnhandledTrigger(Action<TState, TTrigger> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        OnUnhandledTrigger((state, trigger, _) => unhandledTriggerAction(state, trigger));
    }

    /// <summary>Replaces the exception that an unaccepted trigger throws.</summary>
    /// <param name="unhandledTriggerAction">Called with the state, the trigger and the descriptions of the guards that refused it.</param>
    public void OnUnhandledTrigger(Action<TState, TTrigger, ICollection<string>> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        _unhandled = (state, trigger, unmet) =>
        {
            unhandledTriggerAction(state, trigger, unmet);
            return Task.CompletedTask;
        };
    }

    /// <summary>Replaces the exception that an unaccepted trigger throws.</summary>
    /// <param name="unhandledTriggerAction">Called with the state and the trigger, and awaited.</param>
    public void OnUnhandledTriggerAsync(Func<TState, TTrigger, Task> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        _unhandled = (state, trigger, _) => Await(
            () => unhandledTriggerAction(state, trigger),
            "Cannot execute asynchronous action specified in OnUnhandledTrigger. Use asynchronous version of Fire [FireAsync]");
    }

    /// <summary>Adds a listener that is told of every change of state, before the entry actions of the new state.</summary>
    /// <param name="onTransitionAction">Called with the change.</param>
    public void OnTransitioned(Action<Transition> onTransitionAction) => Listen(_transitioned, onTransitionAction);

    /// <summary>Adds an asynchronous listener that is told of every change of state, before the entry actions of the new state.</summary>
    /// <param name="onTransitionAction">Called with the change, and awaited.</param>
    public void OnTransitionedAsync(Func<Transition, Task> onTransitionAction)
        => Listen(_transitioned, onTransitionAction, "OnTransitioned");

    /// <summary>Adds a listener that is told of every change of state, after the entry actions of the new state.</summary>
    /// <param name="onTransitionAction">Called with the change.</param>
    public void OnTransitionCompleted(Action<Transition> onTransitionAction) => Listen(_completed, onTransitionAction);

    /// <summary>Adds an asynchronous listener that is told of every change of state, after the entry actions of the new state.</summary>
    /// <param name="onTransitionAction">Called with the change, and awaited.</param>
    public void OnTransitionCompletedAsync(Func<Transition, Task> onTransitionAction)
        => Listen(_completed, onTransitionAction, "OnTransitionCompleted");

    /// <summary>Runs the activation actions of the current state's superstates, from the outside in, and its own.</summary>
    /// <exception cref="InvalidOperationException">An action is asynchronous.</exception>
    public void Activate() => RunSynchronously(ActivateNodesAsync);

    /// <summary>Runs the activation actions of the current state's superstates, from the outside in, and its own.</summary>
    /// <returns>Ends when all have run.</returns>
    public Task ActivateAsync() => ActivateNodesAsync();

    /// <summary>Runs the deactivation actions of the current state and its superstates, from the inside out.</summary>
    /// <exception cref="InvalidOperationException">An action is asynchronous.</exception>
    public void Deactivate() => RunSynchronously(DeactivateNodesAsync);

    /// <summary>Runs the deactivation actions of the current state and its superstates, from the inside out.</summary>
    /// <returns>Ends when all have run.</returns>
    public Task DeactivateAsync() => DeactivateNodesAsync();

    private static void Listen(List<Func<Transition, Task>> listeners, Action<Transition> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        listeners.Add(transition =>
        {
            listener(transition);
            return Task.CompletedTask;
        });
    }

    private void Listen(List<Func<Transition, Task>> listeners, Func<Transition, Task> listener, string name)
    {
        ArgumentNullException.ThrowIfNull(listener);
        listeners.Add(transition => Await(
            () => listener(transition),
            $"Cannot execute asynchronous action specified as {name} callback. Use asynchronous version of Fire [FireAsync]"));
    }

    private Task ActivateNodesAsync() => RunAllAsync(Lineage().Reverse().SelectMany(node => node.Activate));

    private Task DeactivateNodesAsync() => RunAllAsync(Lineage().SelectMany(node => node.Deactivate));

    private IEnumerable<StateNode> Lineage()
    {
        for (var node = Current; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    private async Task RunAllAsync(IEnumerable<StateAction> actions)
    {
        // Activation is not caused by a trigger; its actions take no transition, so a placeholder is never seen.
        var none = new Transition(State, State, default!);
        foreach (var action in actions.ToList())
        {
            await action.Run(none, []);
        }
    }
}
