using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;

namespace Herald.Benchmarks.Webhooks;

/// <summary>
/// How long a person's STOP takes until it holds: from the POST of the delivery to its 200, which waits until the opt-out is committed and
/// nothing claimed before can leave. A campaign to all of them is on its way at Meta's standard level meanwhile.
/// </summary>
internal static class StopBenchmark
{
    private const double TailMaxMs = 100;
    private const int PerSecond = 20;
    private const int CampaignPerSecond = 80;

    public static async Task<IReadOnlyList<Figure>> RunAsync(DatabaseProvider provider, int stops, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(provider, settings => settings with { HasLimits = true, IsHigh = false }, static _ => { }, ct);
        // The first ones only compile the path.
        var warmUp = Math.Min(stops, PerSecond * 2);
        var people = (stops + warmUp) * CampaignPerSecond / PerSecond;
        await host.Partner.LaunchAsync(await host.Partner.ImportAsync(0, people, ct), ct);
        await Waiting.UntilAsync("the campaign sends", TimeSpan.FromMilliseconds(20), BenchmarkHost.Time, () => Task.FromResult(host.Posts.Total > 0), ct);

        var now = BenchmarkHost.Time.GetUtcNow();
        // From the end of the list, so that most have not been sent anything yet.
        var bodies = Enumerable.Range(0, stops + warmUp).Select(i => Deliveries.Text(host.Simulator, Crowd.Phone(people - 1 - i), "STOP", now)).ToList();
        using var poster = new SignedPoster(host);
        await poster.PostAsync(bodies[..warmUp], PerSecond, ct);
        var latencies = await poster.PostAsync(bodies[warmUp..], PerSecond, ct);
        return
        [
            Figure.AtMost($"STOP received to barrier committed, {host.Name}: p99", latencies.Percentile(0.99), TailMaxMs, "ms"),
            Figure.Of("  p50", $"{latencies.Percentile(0.5):N1} ms"),
        ];
    }
}
