namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    /// <summary>Fires a trigger without arguments and handles it completely.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <exception cref="InvalidOperationException">The current state does not accept it, or an action is asynchronous.</exception>
    public void Fire(TTrigger trigger) => FireNow(trigger);

    /// <summary>Fires a trigger with arguments.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="args">Its arguments, in order.</param>
    /// <exception cref="InvalidOperationException">The current state does not accept it, or an action is asynchronous.</exception>
    public void Fire(TriggerWithParameters trigger, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        FireNow(trigger.Trigger, args);
    }

    /// <summary>Fires a trigger with one argument.</summary>
    /// <typeparam name="TArg0">The argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arg0">The argument.</param>
    /// <exception cref="InvalidOperationException">The current state does not accept it, or an action is asynchronous.</exception>
    public void Fire<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        FireNow(trigger.Trigger, arg0);
    }

    /// <summary>Fires a trigger with two arguments.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arg0">The first argument.</param>
    /// <param name="arg1">The second argument.</param>
    /// <exception cref="InvalidOperationException">The current state does not accept it, or an action is asynchronous.</exception>
    public void Fire<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TArg0 arg0, TArg1 arg1)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        FireNow(trigger.Trigger, arg0, arg1);
    }

    /// <summary>Fires a trigger with three arguments.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <typeparam name="TArg2">The third argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arg0">The first argument.</param>
    /// <param name="arg1">The second argument.</param>
    /// <param name="arg2">The third argument.</param>
    /// <exception cref="InvalidOperationException">The current state does not accept it, or an action is asynchronous.</exception>
    public void Fire<TArg0, TArg1, TArg2>(TriggerWithParameters<TArg0, TArg1, TArg2> trigger, TArg0 arg0, TArg1 arg1, TArg2 arg2)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        FireNow(trigger.Trigger, arg0, arg1, arg2);
    }

    /// <summary>Fires a trigger without arguments; asynchronous actions are awaited.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <returns>Ends when the trigger has been handled, or at once if it was queued behind a running one.</returns>
    /// <exception cref="InvalidOperationException">The current state does not accept it.</exception>
    public Task FireAsync(TTrigger trigger) => FireWaitingAsync(trigger);

    /// <summary>Fires a trigger with one argument; asynchronous actions are awaited.</summary>
    /// <typeparam name="TArg0">The argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arg0">The argument.</param>
    /// <returns>Ends when the trigger has been handled, or at once if it was queued behind a running one.</returns>
    /// <exception cref="InvalidOperationException">The current state does not accept it.</exception>
    public Task FireAsync<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return FireWaitingAsync(trigger.Trigger, arg0);
    }

    /// <summary>Fires a trigger with two arguments; asynchronous actions are awaited.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arg0">The first argument.</param>
    /// <param name="arg1">The second argument.</param>
    /// <returns>Ends when the trigger has been handled, or at once if it was queued behind a running one.</returns>
    /// <exception cref="InvalidOperationException">The current state does not accept it.</exception>
    public Task FireAsync<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TArg0 arg0, TArg1 arg1)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return FireWaitingAsync(trigger.Trigger, arg0, arg1);
    }

    /// <summary>Fires a trigger with three arguments; asynchronous actions are awaited.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <typeparam name="TArg2">The third argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arg0">The first argument.</param>
    /// <param name="arg1">The second argument.</param>
    /// <param name="arg2">The third argument.</param>
    /// <returns>Ends when the trigger has been handled, or at once if it was queued behind a running one.</returns>
    /// <exception cref="InvalidOperationException">The current state does not accept it.</exception>
    public Task FireAsync<TArg0, TArg1, TArg2>(
        TriggerWithParameters<TArg0, TArg1, TArg2> trigger, TArg0 arg0, TArg1 arg1, TArg2 arg2)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return FireWaitingAsync(trigger.Trigger, arg0, arg1, arg2);
    }
}
