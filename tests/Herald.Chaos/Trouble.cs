using System.Globalization;
using Herald.Simulator;
using Npgsql;

namespace Herald.Chaos;

/// <summary>Everything that goes wrong in a run, and the count of it. It goes on until all is sent, or its time is over.</summary>
internal sealed class Trouble(ChaosWorld world, TextWriter output)
{
    private const double HtmlErrorPart = 0.2;
    private const double HiddenAcceptPart = 0.15;
    private const double CutBeforePart = 0.15;
    private const double CutAfterPart = 0.2;
    private const double RefusalPart = 0.2;
    private const double StallPart = 0.1;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Outage = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WebhooksHeld = TimeSpan.FromSeconds(2);

    private readonly ChaosOptions _options = world.Options;
    private readonly SimulatorControl _whatsApp = world.Simulator.Control;
    private readonly List<(DateTimeOffset From, DateTimeOffset Until, bool Immediate)> _restarts = [];

    public int Kills { get; private set; }

    public int Suspensions { get; private set; }

    /// <summary>Restarts of PostgreSQL: from the signal until it answered again.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until, bool Immediate)> Restarts => _restarts;

    public int Outages { get; private set; }

    public int WebhookHolds { get; private set; }

    public TimeSpan Lasted { get; private set; }

    /// <summary>Makes trouble until everything left or the time is over, and then ends all of it.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        _whatsApp.SetFaults(Faults());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] kinds = [KillAsync(over), SuspendAsync(over), RestartAsync(over), CutAsync(over), HoldWebhooksAsync(over), ReportAsync(started, over)];
        try
        {
            await UntilAsync(() => IsAllSent() || TimeProvider.System.GetElapsedTime(started) > _options.Duration, over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(kinds);
            _whatsApp.SetFaults(FaultSettings.None);
            await world.Hosts.StartMissingAsync();
            Lasted = TimeProvider.System.GetElapsedTime(started);
        }
    }

    /// <summary>Nearly all: some fail, some said STOP, some never consented, some are UNKNOWN. What is left then goes out in peace.</summary>
    private bool IsAllSent() => Progress() >= 0.85 && Suspensions >= _options.SuspendAt.Count && _restarts.Count >= _options.RestartAt.Count;

    private double Progress() => (double)_whatsApp.GetState().AcceptedByCategory.GetValueOrDefault("MARKETING") / _options.Recipients;

    private FaultSettings Faults()
    {
        var share = _options.FaultPercent / 100.0;
        return new FaultSettings
        {
            ServerErrorShare = share * HtmlErrorPart,
            ServerErrorAfterShare = share * HiddenAcceptPart,
            AbortBeforeShare = share * CutBeforePart,
            AbortAfterShare = share * CutAfterPart,
            ErrorShare = share * RefusalPart,
            StallShare = share * StallPart,
            Latency = Latency,
        };
    }

    private Task KillAsync(CancellationTokenSource over) => EndAsync(over, async ct =>
    {
        var random = new Random(_options.Seed);
        while (true)
        {
            await Task.Delay(Between(random, _options.KillPause), TimeProvider.System, ct);
            // One stays, so that webhooks find somebody: that nobody is there is the outage of the network.
            var living = world.Hosts.Living;
            if (living.Count < 2)
                continue;
            var index = living[random.Next(living.Count)];
            if (!await world.Hosts.KillAsync(index))
                continue;
            Kills++;
            await world.Hosts.StartMissingAsync();
        }
    });

    private Task SuspendAsync(CancellationTokenSource over) => EndAsync(over, async ct =>
    {
        var random = new Random(_options.Seed + 1);
        foreach (var share in _options.SuspendAt)
        {
            await UntilAsync(() => Progress() >= share && world.Hosts.Living.Count > 1, ct);
            var living = world.Hosts.Living;
            var index = living[random.Next(living.Count)];
            Say($"host {index + 1} stands still for {_options.SuspendTime.TotalSeconds:0} s");
            await world.Hosts.SuspendAsync(index, _options.SuspendTime, ct);
            Suspensions++;
        }
    });

    private Task RestartAsync(CancellationTokenSource over) => EndAsync(over, async ct =>
    {
        foreach (var (share, immediate) in _options.RestartAt)
        {
            await UntilAsync(() => Progress() >= share, ct);
            Say($"PostgreSQL restarts, {(immediate ? "immediate" : "fast")}");
            var from = TimeProvider.System.GetUtcNow();
            await world.Postgres.RestartAsync(immediate);
            _restarts.Add((from, TimeProvider.System.GetUtcNow(), immediate));
        }
    });

    private Task CutAsync(CancellationTokenSource over) => EndAsync(over, async ct =>
    {
        while (true)
        {
            await Task.Delay(_options.OutagePause, TimeProvider.System, ct);
            world.WhatsApp.Cut();
            Outages++;
            try
            {
                await Task.Delay(Outage, TimeProvider.System, ct);
            }
            finally
            {
                world.WhatsApp.Restore();
            }
        }
    });

    private Task HoldWebhooksAsync(CancellationTokenSource over) => EndAsync(over, async ct =>
    {
        while (true)
        {
            await Task.Delay(_options.OutagePause * 1.5, TimeProvider.System, ct);
            _whatsApp.SetFaults(_whatsApp.Faults with { HoldWebhooks = true });
            WebhookHolds++;
            await Task.Delay(WebhooksHeld, TimeProvider.System, ct);
            _whatsApp.SetFaults(_whatsApp.Faults with { HoldWebhooks = false });
        }
    });

    private Task ReportAsync(long started, CancellationTokenSource over) => EndAsync(over, async ct =>
    {
        while (true)
        {
            await Task.Delay(Report, TimeProvider.System, ct);
            await LookAtUnknownAsync(ct);
            var state = _whatsApp.GetState();
            Say(string.Create(CultureInfo.InvariantCulture,
                $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds,4:0} s: {state.AcceptedSends:N0} received, {state.FaultsInjected:N0} harmed, "
                + $"{state.StopsSaid:N0} said stop, {state.WebhookPostsFailed:N0} webhooks repeated, {Kills} kills, {world.Hosts.Living.Count} hosts live"));
        }
    });

    private async Task LookAtUnknownAsync(CancellationToken ct)
    {
        try
        {
            await world.Unknown.LookAsync(world.ConnectionString, ct);
        }
        catch (NpgsqlException)
        {
            // It is restarting; an UNKNOWN lasts longer than that.
        }
    }

    /// <summary>A kind of trouble that ends with the others; one that fails ends them too.</summary>
    private static async Task EndAsync(CancellationTokenSource over, Func<CancellationToken, Task> run)
    {
        try
        {
            await run(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The trouble is over.
        }
        catch
        {
            await over.CancelAsync();
            throw;
        }
    }

    private void Say(string line) => output.WriteLine(line);

    private static async Task UntilAsync(Func<bool> holds, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        while (!holds())
            await timer.WaitForNextTickAsync(ct);
    }

    private static TimeSpan Between(Random random, (TimeSpan Min, TimeSpan Max) range) => range.Min + ((range.Max - range.Min) * random.NextDouble());
}
