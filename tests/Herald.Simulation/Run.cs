using Herald.Domain;
using Herald.Grains.Secrets;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Grains;
using Herald.Simulation.Meta;
using Herald.Simulation.Nodes;
using Herald.Simulation.World;
using Herald.Storage;
using Herald.Storage.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Simulation;

/// <summary>One run of the whole system from one seed: founding, troubled times, fair weather, rest.</summary>
internal sealed class Run : IDisposable
{
    private static readonly TimeSpan RestLimit = TimeSpan.FromMinutes(15);

    /// <summary>Many times what a run needs: beyond it, something runs in a circle while the clock hardly moves.</summary>
    private const int StepsMax = 200_000;

    private readonly int _seed;
    private readonly Machine _machine;
    private readonly Trace _trace;
    private readonly Weather _weather;
    private readonly Ledger _ledger;
    private readonly ChangeLog _log;
    private readonly SqliteConnection _database;
    private readonly ServiceProvider _engine;
    private readonly ServiceProvider _stores;
    private readonly Postman _postman;
    private readonly MetaModel _meta;
    private readonly Cluster _cluster;

    private Run(int seed, TemplateDatabase template, Action<string>? write)
    {
        _seed = seed;
        _machine = new Machine(seed);
        _trace = new Trace(_machine.Clock, write);
        _weather = new Weather(_machine, FaultPlan.Draw(_machine.Chance));
        _ledger = new Ledger(_machine, _trace);
        _log = new ChangeLog(_ledger);
        _database = template.Copy(out var options);
        var time = new LaneClock(_machine.Clock, _machine.World);
        var signals = new SignalHub(_weather);
        _engine = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSingleton<IDatabaseSignals>(signals)
            .AddHeraldStorage(options).BuildServiceProvider();
        var shared = new SharedDatabase(_engine.GetRequiredService<IDatabase>(), _log, time);
        _stores = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSingleton<IDatabaseSignals>(signals).AddSingleton<IDatabase>(shared)
            .AddSingleton<ISecretProtector>(PlainSecrets.Instance).AddSingleton<IRandomSource>(new SeededRandomSource(_machine.Chance.Next(int.MaxValue)))
            .AddSingleton<IIdentityKey, StoredIdentityKey>().AddHeraldStorage(options).BuildServiceProvider();
        _postman = new Postman(_machine, _trace, _weather, _ledger);
        _meta = new MetaModel(_machine, _trace, _weather, _ledger, _postman);
        _ledger.FindAccepted = id => _meta.Accepted.GetValueOrDefault(id);
        _cluster = new Cluster
        {
            Machine = _machine,
            Trace = _trace,
            Weather = _weather,
            Ledger = _ledger,
            Signals = signals,
            Database = shared,
            DatabaseOptions = options,
            Ids = new UuidV7Source(time, new SeededRandomSource(_machine.Chance.Next(int.MaxValue))),
            Grains = new GrainDirectory(_weather),
            Meta = _meta,
        };
        _postman.Serve(_cluster);
    }

    /// <summary>Runs a seed to its end, or to the first rule that is broken.</summary>
    /// <param name="seed">From which everything follows.</param>
    /// <param name="template">The database to start from.</param>
    /// <param name="write">Takes the lines of the trace; null when nobody reads them.</param>
    public static RunResult Play(int seed, TemplateDatabase template, Action<string>? write)
    {
        using var run = new Run(seed, template, write);
        return run.Play();
    }

    public void Dispose()
    {
        foreach (var node in _cluster.Nodes)
            node.Dispose();
        _log.Dispose();
        _stores.Dispose();
        _engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _database.Dispose();
    }

    private RunResult Play()
    {
        _trace.Remark("weather", _weather.Plan.ToString());
        var founding = new Founding(_stores, _machine.Chance, _cluster.Ids, new LaneClock(_machine.Clock, _machine.World), _ledger.People);
        var businesses = Finish(_machine.World.Start(founding.RunAsync));
        for (var i = _machine.Chance.Between(2, 3); i > 0; i--)
            _cluster.StartNode();
        var owner = new Owner(_cluster, _ledger, businesses);
        var crowd = new Crowd(_cluster, _postman, _ledger, businesses);
        var length = _machine.Chance.Between(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45));
        owner.Live();
        crowd.Live(length);
        var troubles = _machine.World.Start(() => new Misfortune(_cluster).RunAsync(length));
        var limit = _machine.Clock.Ticks + length.Ticks + RestLimit.Ticks;
        while (_ledger.Violation is null && _machine.Step())
        {
            if (troubles.IsFaulted || _machine.Clock.Ticks > limit || _machine.Steps > StepsMax)
                break;
            // Looked at now and then only: it is a walk over all messages.
            if (troubles.IsCompleted && _machine.Steps % 64 == 0 && owner.Busy + crowd.Busy + _meta.Unsaid + _postman.Outstanding == 0 && _ledger.IsAtRest)
                break;
        }
        if (troubles.Exception is { } error)
            _ledger.Break("run", error.ToString());
        if (_ledger.Violation is null && (_machine.Clock.Ticks > limit || _machine.Steps > StepsMax))
        {
            _ledger.Break("rest", $"it did not come to rest after {_machine.Steps} steps: {_ledger.DescribeUnrest()}, owner {owner.Busy}, crowd {crowd.Busy}, "
                + $"statuses {_meta.Unsaid}, deliveries {_postman.Outstanding}");
        }
        if (_ledger.Violation is null)
            Finish(_machine.World.Start(() => new FinalAccount(_ledger, _meta, _stores, businesses, _weather.Plan).CheckAsync()));
        return new RunResult(_seed, _ledger.Violation, _trace.Hash, _machine.Steps, _ledger.Messages.Count, _ledger.CountUnknown(), _machine.Clock.Elapsed);
    }

    private T Finish<T>(Task<T> task)
    {
        while (!task.IsCompleted && _machine.Step())
        {
        }
        return task.GetAwaiter().GetResult();
    }

    private void Finish(Task task)
    {
        while (!task.IsCompleted && _machine.Step())
        {
        }
        task.GetAwaiter().GetResult();
    }
}
