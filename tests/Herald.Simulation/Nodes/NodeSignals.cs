using Herald.Simulation.World;
using Herald.Storage;

namespace Herald.Simulation.Nodes;

/// <summary>The signals as one node hears them.</summary>
internal sealed class NodeSignals(SimNode node, SignalHub hub) : IDatabaseSignals
{
    private static readonly TimeSpan Noticing = TimeSpan.FromMilliseconds(1);

    private readonly List<(string Channel, Action<string> OnSignal)> _listeners = [];
    private int _losses;
    private int _outages;

    public IDisposable Subscribe(string channel, Action<string> onSignal)
    {
        var listener = (channel, onSignal);
        _listeners.Add(listener);
        return new Subscription(this, listener);
    }

    public bool Hears(string channel) => _outages == 0 && _listeners.Any(listener => listener.Channel == channel);

    public async Task PublishAsync(string channel, string payload, CancellationToken ct)
    {
        await node.HopAsync(ct);
        await hub.PublishAsync(channel, payload, ct);
    }

    public void Send(string channel, string payload, Weather weather)
    {
        if (weather.LosesSignal(node.Name))
        {
            // The connection is gone; once it is back, the listener says so, and for all channels.
            if (_losses++ % 2 == 0)
                After(weather.SignalOutage(), HearAll);
            else
                LoseAndNotice(weather.SignalOutage());
            return;
        }
        for (var times = weather.RepeatsSignal() ? 2 : 1; times > 0; times--)
            After(weather.SignalDelay(), () => Hear(channel, payload));
    }

    /// <summary>Half of the losses are noticed while they last.</summary>
    private void LoseAndNotice(TimeSpan outage)
    {
        After(Noticing, () =>
        {
            _outages++;
            HearAll();
        });
        After(outage, () =>
        {
            HearAll();
            _outages--;
        });
    }

    private void HearAll()
    {
        foreach (var channel in _listeners.Select(listener => listener.Channel).Distinct().ToList())
            Hear(channel, "");
    }

    private void Hear(string channel, string payload)
    {
        node.Ledger.Heard(node, channel, payload);
        foreach (var listener in _listeners.Where(listener => listener.Channel == channel).ToList())
            listener.OnSignal(payload);
    }

    private void After(TimeSpan delay, Action act) =>
        node.Time.CreateTimer(static state => ((Action)state!)(), act, delay, Timeout.InfiniteTimeSpan);

    private sealed class Subscription(NodeSignals owner, (string, Action<string>) listener) : IDisposable
    {
        public void Dispose() => owner._listeners.Remove(listener);
    }
}
