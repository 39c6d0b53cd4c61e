using System.Diagnostics.Metrics;

namespace Herald.Benchmarks.World;

/// <summary>Counts the statements that this process has PostgreSQL run, by the driver's own metric. SQLite's driver has none.</summary>
internal sealed class StatementCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public StatementCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
