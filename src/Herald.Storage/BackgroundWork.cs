namespace Herald.Storage;

/// <summary>Starts work beside its caller.</summary>
public static class BackgroundWork
{
    /// <summary>
    /// Starts the work on the scheduler of the caller, which is the thread pool's except where a run is replayed step by step, and returns at once.
    /// Not for turns of grains: it would stay in the grain. Whoever starts it owns the task.
    /// </summary>
    public static Task Run(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
    }

    /// <summary>The same for work that does not wait.</summary>
    public static Task Run(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
    }
}
