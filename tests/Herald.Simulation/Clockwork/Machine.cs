namespace Herald.Simulation.Clockwork;

/// <summary>
/// Runs all nodes and the world around them on one thread: of what is ready it picks one piece by chance; when nothing is ready, the clock jumps
/// to the next timer.
/// </summary>
internal sealed class Machine
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Lane> _lanes = [];
    private volatile string? _escape;

    public Machine(int seed)
    {
        Chance = new Chance(seed);
        Clock = new SimClock();
        World = AddLane("world");
    }

    public Chance Chance { get; }

    public SimClock Clock { get; }

    /// <summary>The lane of everything that is not a node: it never dies and never sleeps.</summary>
    public Lane World { get; }

    public long Steps { get; private set; }

    public Lane AddLane(string name)
    {
        var lane = new Lane(this, name);
        _lanes.Add(lane);
        return lane;
    }

    public void RemoveLane(Lane lane)
    {
        lane.Die();
        _lanes.Remove(lane);
    }

    /// <summary>Runs one piece, or moves the clock. False when nothing is ready and no timer is armed.</summary>
    public bool Step()
    {
        if (_escape is { } escape)
            throw new InvalidOperationException(escape);
        Steps++;
        var ready = 0;
        foreach (var lane in _lanes)
            ready += lane.Ready;
        if (ready == 0)
            return Clock.AdvanceToNextTimer();
        var pick = Chance.Next(ready);
        foreach (var lane in _lanes)
        {
            if (pick < lane.Ready)
            {
                lane.Run(pick);
                break;
            }
            pick -= lane.Ready;
        }
        // Work takes time, too: without it all of a busy moment would carry one time stamp.
        Clock.Advance(TimeSpan.FromTicks(Chance.Next(200)));
        return true;
    }

    /// <summary>What got away to another thread could not be replayed.</summary>
    public void EnsureOwnThread(string lane)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            _escape ??= $"Work of {lane} has escaped to another thread: {Environment.StackTrace}";
    }
}
