using Herald.Simulation.World;
using Herald.Storage;

namespace Herald.Simulation.Nodes;

/// <summary>
/// Carries the database's signals to all nodes: late, sometimes twice, and sometimes not at all but for a later one that says "look at everything".
/// </summary>
internal sealed class SignalHub(Weather weather) : IDatabaseSignals
{
    private readonly List<SimNode> _nodes = [];

    public void Join(SimNode node) => _nodes.Add(node);

    public void Leave(SimNode node) => _nodes.Remove(node);

    /// <summary>Nothing that is not a node listens.</summary>
    public IDisposable Subscribe(string channel, Action<string> onSignal) => throw new NotSupportedException("Nodes subscribe by themselves.");

    public bool Hears(string channel) => throw new NotSupportedException("Nodes hear by themselves.");

    public Task PublishAsync(string channel, string payload, CancellationToken ct)
    {
        foreach (var node in _nodes)
            node.Signals.Send(channel, payload, weather);
        return Task.CompletedTask;
    }
}
