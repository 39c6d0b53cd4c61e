using Herald.Delivery;
using Herald.Domain;
using Herald.Grains;
using Herald.Grains.Secrets;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Meta;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Webhooks;
using Herald.WhatsApp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Herald.Simulation.Nodes;

/// <summary>One life of one node, with all of the real engine in it. After a death the next life is another node.</summary>
internal sealed class SimNode : IDisposable
{
    private static readonly TimeSpan Hop = TimeSpan.FromMicroseconds(300);
    private static readonly TimeSpan LongestHop = TimeSpan.FromMilliseconds(50);

    private readonly Cluster _cluster;
    private readonly List<BackgroundService> _loops = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();

    public SimNode(Cluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        Lane = cluster.Machine.AddLane(name);
        Time = new LaneClock(cluster.Machine.Clock, Lane);
        Signals = new NodeSignals(this, cluster.Signals);
        Grains = cluster.Grains.For(this);
        Services = BuildServices();
    }

    public string Name { get; }

    public Lane Lane { get; }

    public LaneClock Time { get; }

    public NodeSignals Signals { get; }

    public IServiceProvider Services { get; }

    public Orleans.IGrainFactory Grains { get; }

    public Trace Trace => _cluster.Trace;

    public Ledger Ledger => _cluster.Ledger;

    /// <summary>It takes calls: it is neither dead, nor frozen, nor about to stop.</summary>
    public bool IsUp => !Lane.IsDead && !Lane.IsFrozen && !_stop.IsCancellationRequested;

    /// <summary>Something takes its time on the way; anything may happen meanwhile.</summary>
    public async Task HopAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_cluster.Machine.Chance.Happens(0.5))
            await Task.Yield();
        else
            await Task.Delay(_cluster.Machine.Chance.Latency(Hop, LongestHop), Time, ct);
    }

    /// <summary>A statement waits, long enough for leases to run out and to be taken by others, and then goes on.</summary>
    public async Task StallAsync()
    {
        var length = _cluster.Machine.Chance.Between(TimeSpan.FromMilliseconds(100), Settings.Lease * 3);
        Trace.Add(Name, $"a statement stalls for {length}");
        await Task.Delay(length, Time);
    }

    public void Start() => Lane.Post(() =>
    {
        foreach (var loop in Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            _loops.Add(loop);
            _running.Add(GuardAsync(loop, Loops.ExecuteAsync(loop, _stop.Token)));
        }
    });

    /// <summary>Stops as a host does that shuts down.</summary>
    public Task StopAsync() => Lane.Start(async () =>
    {
        BeginStop();
        await Task.WhenAll(_running);
        foreach (var loop in _loops)
        {
            try
            {
                await loop.StopAsync(CancellationToken.None);
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                Trace.Add(Name, $"{loop.GetType().Name} could not be stopped cleanly");
            }
        }
    });

    /// <summary>On this lane: the asynchronous way would cancel on another thread.</summary>
    private void BeginStop() => _stop.Cancel();

    /// <summary>Gone, in the middle of whatever it does.</summary>
    public void Dispose()
    {
        _cluster.Signals.Leave(this);
        _cluster.Machine.RemoveLane(Lane);
        _stop.Dispose();
    }

    /// <summary>A loop ends when the node stops; if it ends otherwise, the host would go down with it, and that is a bug.</summary>
    private async Task GuardAsync(BackgroundService loop, Task run)
    {
        try
        {
            await run;
            if (!_stop.IsCancellationRequested)
                Ledger.Break("loops", $"{loop.GetType().Name} on {Name} ended by itself");
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Trace.Add(Name, $"{loop.GetType().Name} has ended");
        }
        catch (Exception error) when (!TransientErrors.IsTransient(error) || !_stop.IsCancellationRequested)
        {
            Ledger.Break("loops", $"{loop.GetType().Name} on {Name} ended with {error}");
        }
    }

    private ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        var database = new NodeDatabase(_cluster.Database, this, _cluster.Weather);
        services.AddSingleton<IDatabase>(database);
        var stores = StoresByTheDatabasesClock(database);
        services.AddSingleton(stores.GetRequiredService<ILeaseStore>());
        services.AddSingleton(stores.GetRequiredService<IMessageStore>());
        services.AddSingleton<IDatabaseSignals>(Signals);
        services.AddSingleton(_cluster.Ids);
        services.AddSingleton<IRandomSource>(new SeededRandomSource(_cluster.Machine.Chance.Next(int.MaxValue)));
        services.AddSingleton(new NodeName(Name));
        services.AddSingleton<ISecretProtector>(PlainSecrets.Instance);
        services.AddSingleton(Grains);
        services.AddSingleton<IWhatsAppClient>(new NodeClient(this, _cluster.Meta));
        services.AddSingleton<ILoggerFactory>(Trace.IsRead ? new TraceLoggers(Trace, Name) : Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHeraldStorage(_cluster.DatabaseOptions);
        services.AddHeraldGrains(Settings.Empty);
        services.AddHeraldDelivery(Settings.Delivery);
        services.AddHeraldWebhooks(Settings.Webhooks);
        return services.BuildServiceProvider();
    }

    /// <summary>On SQLite the database's time is the process' own; here several nodes share one database, whose clock is never off.</summary>
    private ServiceProvider StoresByTheDatabasesClock(NodeDatabase database) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new LaneClock(_cluster.Machine.Clock, Lane)).AddSingleton<IDatabase>(database).AddSingleton<IDatabaseSignals>(Signals)
        .AddHeraldStorage(_cluster.DatabaseOptions).BuildServiceProvider();
}
