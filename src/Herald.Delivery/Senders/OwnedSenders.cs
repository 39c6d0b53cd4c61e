using System.Collections.Concurrent;

namespace Herald.Delivery.Senders;

/// <summary>The workers of this node by their senders. The dispatcher fills it; signals, the queue watch and the pace keeper find workers here.</summary>
internal sealed class OwnedSenders
{
    private readonly ConcurrentDictionary<SenderKey, SenderWorker> _workers = new();

    public IEnumerable<SenderWorker> Workers => _workers.Select(pair => pair.Value);

    public SenderWorker? Find(SenderKey key) => _workers.GetValueOrDefault(key);

    public void Add(SenderWorker worker) => _workers[worker.Key] = worker;

    public void Remove(SenderWorker worker) => _workers.TryRemove(new KeyValuePair<SenderKey, SenderWorker>(worker.Key, worker));
}
