namespace Orleans.Runtime;

/// <summary>A timer whose ticks wait in the grain's mailbox like calls.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly ITimer _clock;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _isChanged;
    private bool _isDisposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;

        // What is ambient where the timer is made must not be seen by its ticks.
        using (ExecutionContext.IsFlowSuppressed() ? default(IDisposable) : ExecutionContext.SuppressFlow())
        {
            _clock = activation.Catalog.Time.CreateTimer(
                static state => ((GrainTimer)state!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _period = period;
            _isChanged = true;
            _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _clock.Dispose();
        _end.Cancel();
        _activation.Forget(this);
    }

    private static void Check(TimeSpan span, string name)
    {
        if (span != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        }
    }

    private void Due()
    {
        lock (_lock)
        {
            if (_isDisposed || _isTicking)
            {
                return;
            }

            _isTicking = true;
        }

        var tick = new GrainCall
        {
            Target = _activation.GrainId,
            Tick = TickAsync,
            MayInterleave = _options.Interleave,
            KeepsAlive = _options.KeepAlive,
        };

        // An activation that has been dropped takes its timers with it.
        _activation.TryAccept(tick);
    }

    private async Task TickAsync()
    {
        lock (_lock)
        {
            _isChanged = false;
            if (_isDisposed)
            {
                return;
            }
        }

        try
        {
            await _callback(_end.Token);
        }
        catch (Exception error) when (error is not Storage.InconsistentStateException)
        {
            // A tick has no caller; a failed one is told to the log and the next one comes all the same.
            OrleansLog.TimerFailed(_activation.Catalog.Log, error, _activation.GrainId);
        }
        finally
        {
            lock (_lock)
            {
                _isTicking = false;
                if (!_isDisposed && !_isChanged)
                {
                    _clock.Change(_period, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }
}
