using Herald.Simulation.Clockwork;
using Herald.Simulation.Nodes;

namespace Herald.Simulation.World;

/// <summary>What happens to whole nodes: death, suspension, a restart, a clock that steps, a database that is out of reach.</summary>
internal sealed class Misfortune(Cluster cluster)
{
    private const int NodesMax = 3;
    private readonly Machine _machine = cluster.Machine;
    private readonly Weather _weather = cluster.Weather;
    private readonly LaneClock _time = new(cluster.Machine.Clock, cluster.Machine.World);
    private int _rising;

    /// <summary>Lets things happen until the weather is fair; then all nodes are up and well.</summary>
    public async Task RunAsync(TimeSpan length)
    {
        var end = _machine.Clock.Ticks + length.Ticks;
        while (_machine.Clock.Ticks < end)
        {
            await Task.Delay(_machine.Chance.Between(TimeSpan.Zero, TimeSpan.FromSeconds(8)), _time);
            if (cluster.Nodes.Count > 0)
                Strike(_machine.Chance.Pick(cluster.Nodes));
        }
        _weather.Clear();
        cluster.Trace.Add("weather", "is fair from now on");
        foreach (var node in cluster.Nodes)
        {
            node.Lane.IsFrozen = false;
            node.Time.Skew = TimeSpan.Zero;
        }
        if (cluster.Nodes.Count + _rising == 0)
            cluster.StartNode();
    }

    private void Strike(SimNode node)
    {
        var plan = _weather.Plan;
        switch (_machine.Chance.Next(5))
        {
            case 0 when plan.Kills:
                cluster.Remove(node, "dies");
                Rise();
                break;
            case 1 when plan.Freezes && !node.Lane.IsFrozen:
                _ = _machine.World.Start(() => FreezeAsync(node));
                break;
            case 2 when plan.Stops && node.IsUp:
                _ = _machine.World.Start(() => RestartAsync(node));
                break;
            case 3 when plan.Outages:
                cluster.Trace.Add(node.Name, "is cut off from the database");
                _weather.CutOff(node.Name, _machine.Chance.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(12)));
                break;
            case 4 when plan.ClockSteps:
                node.Time.Skew = _weather.ClockError();
                cluster.Trace.Add(node.Name, $"has its clock off by {node.Time.Skew}");
                break;
            default:
                // Nothing happens this time.
                break;
        }
    }

    private async Task FreezeAsync(SimNode node)
    {
        var length = _machine.Chance.Between(TimeSpan.FromMilliseconds(200), Settings.Lease * 3);
        cluster.Trace.Add(node.Name, $"is suspended for {length}");
        node.Lane.IsFrozen = true;
        await Task.Delay(length, _time);
        node.Lane.IsFrozen = false;
        cluster.Trace.Add(node.Name, "goes on");
    }

    private async Task RestartAsync(SimNode node)
    {
        cluster.Trace.Add(node.Name, "is stopped");
        try
        {
            await node.StopAsync().WaitAsync(TimeSpan.FromSeconds(15), _time);
            cluster.Trace.Add(node.Name, "has stopped");
        }
        catch (TimeoutException)
        {
            cluster.Trace.Add(node.Name, "did not stop in time");
        }
        if (cluster.Nodes.Contains(node))
        {
            cluster.Remove(node, "is gone");
            Rise();
        }
    }

    /// <summary>Somebody starts a node again after a while.</summary>
    private void Rise()
    {
        _rising++;
        _ = _machine.World.Start(async () =>
        {
            await Task.Delay(_machine.Chance.Between(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8)), _time);
            _rising--;
            if (cluster.Nodes.Count < NodesMax)
                cluster.StartNode();
        });
    }
}
