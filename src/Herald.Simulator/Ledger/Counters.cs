using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Herald.Simulator;

/// <summary>Counts by key, safe for concurrent use.</summary>
internal sealed class Counters<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, StrongBox<long>> _counts = new();

    public void Add(TKey key) => Interlocked.Increment(ref _counts.GetOrAdd(key, static _ => new StrongBox<long>()).Value);

    public long Of(TKey key) => _counts.TryGetValue(key, out var count) ? Interlocked.Read(ref count.Value) : 0;

    public IReadOnlyDictionary<TKey, long> Snapshot() => _counts.ToDictionary(pair => pair.Key, pair => Interlocked.Read(ref pair.Value.Value));

    public void Clear() => _counts.Clear();
}
