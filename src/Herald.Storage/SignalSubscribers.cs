using System.Collections.Immutable;

namespace Herald.Storage;

/// <summary>Who listens on which channel in this process.</summary>
internal sealed class SignalSubscribers
{
    private ImmutableDictionary<string, ImmutableList<Subscription>> _channels =
        ImmutableDictionary.Create<string, ImmutableList<Subscription>>(StringComparer.Ordinal);

    public IDisposable Add(string channel, Action<string> onSignal)
    {
        var subscription = new Subscription(this, channel, onSignal);
        ImmutableInterlocked.AddOrUpdate(ref _channels, channel, [subscription], (_, list) => list.Add(subscription));
        return subscription;
    }

    public bool Has(string channel) => Volatile.Read(ref _channels).TryGetValue(channel, out var list) && !list.IsEmpty;

    public void Signal(string channel, string payload)
    {
        if (!Volatile.Read(ref _channels).TryGetValue(channel, out var list))
            return;
        foreach (var subscription in list)
            subscription.OnSignal(payload);
    }

    private sealed class Subscription(SignalSubscribers owner, string channel, Action<string> onSignal) : IDisposable
    {
        public Action<string> OnSignal { get; } = onSignal;

        public void Dispose() => ImmutableInterlocked.AddOrUpdate(ref owner._channels, channel, [], (_, list) => list.Remove(this));
    }
}
