using Herald.Storage;

namespace Herald.Testing;

/// <summary>Listening that has begun. What is told before a server listens is not heard by it.</summary>
public static class SignalListening
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Subscribes, and ends when a signal told from now on is heard. The empty payload, which is told until then, is kept from the subscriber.</summary>
    /// <param name="signals">The signals of the node that listens.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="onSignal">Gets each payload that is not empty.</param>
    public static async Task<IDisposable> ListenAsync(this IDatabaseSignals signals, string channel, Action<string> onSignal)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var subscription = signals.Subscribe(channel, payload =>
        {
            if (payload.Length == 0)
                begun.TrySetResult();
            else
                onSignal(payload);
        });
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        do
        {
            await signals.PublishAsync(channel, "", CancellationToken.None);
            await timer.WaitForNextTickAsync();
        }
        while (!begun.Task.IsCompleted);
        return subscription;
    }
}
