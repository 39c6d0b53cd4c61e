using Herald.Domain;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Grains;
using Herald.Simulation.Meta;
using Herald.Simulation.World;
using Herald.Storage;

namespace Herald.Simulation.Nodes;

/// <summary>The nodes that share a database, and what they share besides.</summary>
internal sealed class Cluster
{
    private readonly List<SimNode> _nodes = [];
    private int _lives;

    public required Machine Machine { get; init; }

    public required Trace Trace { get; init; }

    public required Weather Weather { get; init; }

    public required Ledger Ledger { get; init; }

    public required SignalHub Signals { get; init; }

    public required SharedDatabase Database { get; init; }

    public required HeraldDatabaseOptions DatabaseOptions { get; init; }

    public required IIdSource Ids { get; init; }

    public required GrainDirectory Grains { get; init; }

    public required MetaModel Meta { get; init; }

    public IReadOnlyList<SimNode> Nodes => _nodes;

    public IReadOnlyList<SimNode> Up => _nodes.FindAll(node => node.IsUp);

    public SimNode StartNode()
    {
        var node = new SimNode(this, $"n{++_lives}");
        node.Time.Skew = Weather.ClockError();
        Signals.Join(node);
        _nodes.Add(node);
        node.Start();
        Trace.Add(node.Name, "starts");
        return node;
    }

    public void Remove(SimNode node, string how)
    {
        Trace.Add(node.Name, how);
        node.Dispose();
        _nodes.Remove(node);
    }
}
