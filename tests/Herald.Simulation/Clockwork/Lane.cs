namespace Herald.Simulation.Clockwork;

/// <summary>
/// What one node has ready to run. Nothing runs here by itself: the machine picks one piece at a time. A frozen lane keeps what becomes ready;
/// a dead one forgets it, so that nothing its node does has an effect any more.
/// </summary>
internal sealed class Lane(Machine machine, string name) : TaskScheduler
{
    private readonly List<Task> _ready = [];

    public string Name => name;

    public bool IsFrozen { get; set; }

    public bool IsDead { get; private set; }

    public int Ready => IsFrozen ? 0 : _ready.Count;

    public override int MaximumConcurrencyLevel => 1;

    public void Die()
    {
        IsDead = true;
        _ready.Clear();
    }

    /// <summary>Starts work on this lane.</summary>
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Starts work on this lane that has a result.</summary>
    public Task<T> Start<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs something short on this lane.</summary>
    public void Post(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    public void Run(int index)
    {
        var task = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        machine.EnsureOwnThread(name);
        if (!IsDead)
            _ready.Add(task);
    }

    /// <summary>Never: what becomes ready waits for its turn like everything else.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
