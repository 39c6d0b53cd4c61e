using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;

namespace Herald.Benchmarks.Campaigns;

/// <summary>
/// A campaign end to end, as fast as it goes: claim, POST, settle, three statuses by signed webhooks, from the first message that leaves
/// until the last status is processed. The audience is frozen before, while the sender is held at one message a second.
/// </summary>
internal static class CampaignBenchmark
{
    // Until then much of the time goes to the compiler that compiles what is hot once more.
    private const int WarmUpMax = 60_000;
    private const int Unlimited = 1_000_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static double ShareMin(DatabaseProvider provider) => provider == DatabaseProvider.PostgreSql ? 0.20 : 0.15;

    public static async Task<IReadOnlyList<Figure>> RunAsync(DatabaseProvider provider, int recipients, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(provider, static settings => settings, static _ => { }, ct);
        var warmUp = Math.Min(WarmUpMax, recipients);
        var first = await host.Partner.ImportAsync(0, warmUp, ct);
        var second = await host.Partner.ImportAsync(warmUp, recipients, ct);

        host.Posts.KeepsBodies = true;
        await host.SetPaceAsync(Unlimited, ct);
        await host.FinishAsync(await host.Partner.LaunchAsync(first, ct), warmUp, ct);
        host.Posts.KeepsBodies = false;

        var before = await BareAsync(host, recipients, ct);
        var campaign = await PreparedAsync(host, second, recipients, ct);
        var run = await SendAsync(host, campaign, recipients, ct);
        var after = await BareAsync(host, recipients, ct);
        return run.ToFigures(host, (before + after) / 2);
    }

    /// <summary>The same requests without Herald; their statuses happen and are told to nobody.</summary>
    private static async Task<double> BareAsync(BenchmarkHost host, int requests, CancellationToken ct)
    {
        await host.Simulator.SetSubscribedAsync(false, ct);
        // Twice as many, before and after: a machine in a cloud is faster one second and slower the next.
        var rate = await BareLoop.RunAsync(host.Simulator, host.Posts.Bodies, requests * 2, BenchmarkHost.Time, ct);
        await host.Simulator.WaitUntilQuietAsync(Poll, ct);
        await host.Simulator.SetSubscribedAsync(true, ct);
        return rate;
    }

    /// <summary>Launches a campaign and waits until its audience is frozen and the sender's pace has taken hold.</summary>
    private static async Task<string> PreparedAsync(BenchmarkHost host, string list, int recipients, CancellationToken ct)
    {
        await host.SetPaceAsync(1, ct);
        // Two intervals of renewal, until the worker has heard of it.
        await Task.Delay(TimeSpan.FromSeconds(2.5), BenchmarkHost.Time, ct);
        host.Posts.Restart();
        var campaign = await host.Partner.LaunchAsync(list, ct);
        await Waiting.UntilAsync("the audience is frozen", Poll, BenchmarkHost.Time,
            async () => (await host.Partner.GetReportAsync(campaign, ct)).RecipientCount == recipients, ct);
        return campaign;
    }

    private static async Task<CampaignRun> SendAsync(BenchmarkHost host, string campaign, int recipients, CancellationToken ct)
    {
        using var statements = new StatementCounter();
        var (size, log) = (await host.Database.SizeAsync(), await host.Database.LogBytesAsync());
        var databaseTime = await host.Database.ProcessorTimeAsync();
        var (hostTime, simulatorTime) = (BenchmarkHost.ProcessorTime(), host.Simulator.ProcessorTime);
        var already = host.Posts.Total;
        var allocated = GC.GetTotalAllocatedBytes(precise: false);

        await host.SetPaceAsync(Unlimited, ct);
        var end = await host.FinishAsync(campaign, recipients, ct);
        // The few that trickled out before the pace was lifted count neither as messages nor as time.
        var trickle = Math.Min(recipients - 1, already + 2);
        var start = host.Posts.TimeOf(trickle + 1) ?? throw new InvalidOperationException("Nothing left.");
        return new CampaignRun
        {
            Messages = recipients - trickle,
            Duration = end - start,
            Sending = host.Posts.TimeOf(recipients)!.Value - start,
            Statements = statements.Count,
            Bytes = await host.Database.SizeAsync() - size,
            LogBytes = await host.Database.LogBytesAsync() - log,
            Allocated = GC.GetTotalAllocatedBytes(precise: false) - allocated,
            HostTime = BenchmarkHost.ProcessorTime() - hostTime,
            SimulatorTime = host.Simulator.ProcessorTime - simulatorTime,
            DatabaseTime = await host.Database.ProcessorTimeAsync() - databaseTime,
        };
    }
}
