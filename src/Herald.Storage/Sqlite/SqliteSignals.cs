namespace Herald.Storage.Sqlite;

/// <summary>SQLite serves one process, so signals stay in it.</summary>
internal sealed class SqliteSignals : IDatabaseSignals
{
    private readonly SignalSubscribers _subscribers = new();

    public IDisposable Subscribe(string channel, Action<string> onSignal) => _subscribers.Add(channel, onSignal);

    public bool Hears(string channel) => _subscribers.Has(channel);

    public Task PublishAsync(string channel, string payload, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _subscribers.Signal(channel, payload);
        return Task.CompletedTask;
    }
}
