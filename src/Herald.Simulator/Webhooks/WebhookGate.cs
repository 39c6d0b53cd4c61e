namespace Herald.Simulator;

/// <summary>A gate that tasks wait at while it is closed.</summary>
internal sealed class WebhookGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = Opened();

    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _open.Task.WaitAsync(cancellation);
        }
    }

    public void Set(bool open)
    {
        lock (_lock)
        {
            if (open)
            {
                _open.TrySetResult();
            }
            else if (_open.Task.IsCompleted)
            {
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
