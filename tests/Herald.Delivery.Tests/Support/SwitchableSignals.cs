using Herald.Storage;

namespace Herald.Delivery.Tests.Support;

/// <summary>A node's signals, which a test can declare unheard.</summary>
internal sealed class SwitchableSignals(IDatabaseSignals inner) : IDatabaseSignals
{
    private bool _isDeaf;

    public bool IsDeaf
    {
        set => Volatile.Write(ref _isDeaf, value);
    }

    public IDisposable Subscribe(string channel, Action<string> onSignal) => inner.Subscribe(channel, onSignal);

    public bool Hears(string channel) => !Volatile.Read(ref _isDeaf) && inner.Hears(channel);

    public Task PublishAsync(string channel, string payload, CancellationToken ct) => inner.PublishAsync(channel, payload, ct);
}
