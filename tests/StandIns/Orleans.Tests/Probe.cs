using System.Collections.Concurrent;

namespace Orleans.Tests;

/// <summary>What grains and tests tell each other: events that have happened, and gates that hold a turn.</summary>
public sealed class Probe
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _marks = new();
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyList<string> Events => [.. _events];

    /// <summary>Notes an event, and releases whoever waits for it.</summary>
    public void Note(string what)
    {
        _events.Enqueue(what);
        Mark(what).TrySetResult();
    }

    /// <summary>Releases whoever waits for a log entry; it is not among the events.</summary>
    public void Log(string what) => Mark(what).TrySetResult();

    public bool HasSeen(string what) => _events.Contains(what);

    /// <summary>Waits until an event has been noted.</summary>
    public Task Seen(string what) => Mark(what).Task.WaitAsync(Limit);

    /// <summary>Opens a gate, for all who wait at it and all who come.</summary>
    public void Open(string gate) => Mark("gate " + gate).TrySetResult();

    public Task Pass(string gate) => Mark("gate " + gate).Task;

    private TaskCompletionSource Mark(string name)
        => _marks.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
