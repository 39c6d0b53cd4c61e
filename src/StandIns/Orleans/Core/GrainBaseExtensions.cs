using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain can ask of the runtime.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Drops the activation when the calls that run now have ended; the next call makes a new one.</summary>
    /// <param name="grain">The grain.</param>
    public static void DeactivateOnIdle(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        grain.GrainContext.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));
    }

    /// <summary>Creates a timer whose ticks are turns of the grain. It ends with the activation.</summary>
    /// <typeparam name="TState">The type of what each tick is given.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What a tick does. Its token is cancelled when the timer ends. Errors are logged and do not end it.</param>
    /// <param name="state">What each tick is given.</param>
    /// <param name="options">When it ticks. The period runs from the end of a tick to the beginning of the next.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentNullException.ThrowIfNull(callback);
        return grain.GrainContext is Activation activation
            ? activation.AddTimer(token => callback(state, token), options)
            : throw new InvalidOperationException("Timers can be registered for grains of this runtime only.");
    }

    /// <summary>Creates a timer whose ticks are turns of the grain. It ends with the activation.</summary>
    /// <typeparam name="TState">The type of what each tick is given.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What a tick does. Errors are logged and do not end it.</param>
    /// <param name="state">What each tick is given.</param>
    /// <param name="options">When it ticks.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return RegisterGrainTimer(grain, (given, _) => callback(given), state, options);
    }

    /// <summary>Creates a timer whose ticks are turns of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What a tick does. Its token is cancelled when the timer ends. Errors are logged and do not end it.</param>
    /// <param name="options">When it ticks.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return RegisterGrainTimer(grain, static (given, token) => given(token), callback, options);
    }

    /// <summary>Creates a timer whose ticks are turns of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What a tick does. Errors are logged and do not end it.</param>
    /// <param name="options">When it ticks.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return RegisterGrainTimer(grain, static (given, _) => given(), callback, options);
    }

    /// <summary>Creates a timer whose ticks are turns of the grain and do not interleave with others.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What a tick does. Its token is cancelled when the timer ends. Errors are logged and do not end it.</param>
    /// <param name="dueTime">The time until the first tick; infinite: not before the timer is changed.</param>
    /// <param name="period">The time from the end of a tick to the next; infinite: no further one.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period)
        => RegisterGrainTimer(grain, callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Creates a timer whose ticks are turns of the grain and do not interleave with others.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What a tick does. Errors are logged and do not end it.</param>
    /// <param name="dueTime">The time until the first tick; infinite: not before the timer is changed.</param>
    /// <param name="period">The time from the end of a tick to the next; infinite: no further one.</param>
    /// <returns>The timer.</returns>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period)
        => RegisterGrainTimer(grain, callback, new GrainTimerCreationOptions(dueTime, period));
}
