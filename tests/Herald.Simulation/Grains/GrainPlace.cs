using Herald.Simulation.Nodes;

namespace Herald.Simulation.Grains;

/// <summary>A grain in the memory of one node. Its calls run one after the other.</summary>
internal sealed class GrainPlace(SimNode node, object instance)
{
    private static readonly TimeSpan Detection = TimeSpan.FromSeconds(2);
    private readonly Queue<Func<Task>> _calls = new();
    private bool _isBusy;
    private long? _missedAt;

    public SimNode Node => node;

    public object Instance => instance;

    public void Enqueue(Func<Task> call)
    {
        _calls.Enqueue(call);
        if (_isBusy)
            return;
        _isBusy = true;
        node.Lane.Start(RunAsync);
    }

    /// <summary>It takes a while until the others agree that a node is dead, and the grain may live elsewhere.</summary>
    public bool IsKnownDead(TimeProvider time)
    {
        _missedAt ??= time.GetTimestamp();
        return time.GetElapsedTime(_missedAt.Value) >= Detection;
    }

    private async Task RunAsync()
    {
        while (_calls.TryDequeue(out var call))
            await call();
        _isBusy = false;
    }
}
