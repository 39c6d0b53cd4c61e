namespace Herald.Storage;

/// <summary>
/// Lets one loop sleep until somebody has work for it or a time is over. A call that comes while nobody sleeps is kept, and many such calls
/// are one. Safe from any thread; one loop waits at a time.
/// </summary>
/// <param name="time">Measures how long the loop sleeps.</param>
public sealed class WakeUp(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<bool>? _sleeper;
    private bool _isCalled;

    /// <summary>Wakes the loop, or lets it not fall asleep the next time. Returns at once.</summary>
    public void Call()
    {
        lock (_lock)
        {
            var sleeper = _sleeper;
            _sleeper = null;
            if (sleeper?.TrySetResult(true) != true)
                _isCalled = true;
        }
    }

    /// <summary>Sleeps until a call, at once if one is kept, or until <paramref name="longest"/> is over. True when it was called.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> ended the sleep.</exception>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> sleeper;
        lock (_lock)
        {
            if (_isCalled)
            {
                _isCalled = false;
                return true;
            }
            sleeper = _sleeper = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        using var timer = time.CreateTimer(
            static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), sleeper, longest, Timeout.InfiniteTimeSpan);
        using var cancelling = ct.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), sleeper);
        return await sleeper.Task;
    }
}
