using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;

namespace Herald.Benchmarks.Campaigns;

/// <summary>Whether one sender holds the pace of its level, as Meta enforces it, while three statuses a message arrive.</summary>
internal static class PaceBenchmark
{
    public const int Standard = 80;
    public const int High = 1_000;
    private const double Tolerance = 0.02;

    // A full bucket at the start is allowed by Meta, and not what is measured.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Figure>> RunAsync(DatabaseProvider provider, int rate, int seconds, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(
            provider, settings => settings with { HasLimits = true, IsHigh = rate == High, TimeScale = 5 }, static _ => { }, ct);
        var recipients = rate * (seconds + (2 * (int)Settling.TotalSeconds));
        var list = await host.Partner.ImportAsync(0, recipients, ct);

        host.Posts.Restart();
        await host.FinishAsync(await host.Partner.LaunchAsync(list, ct), recipients, ct);

        var from = host.Posts.TimeOf(1)!.Value + Settling;
        var held = (double)host.Posts.CountBetween(from, from + TimeSpan.FromSeconds(seconds)) / seconds;
        var each = Enumerable.Range(0, seconds)
            .Select(second => host.Posts.CountBetween(from + TimeSpan.FromSeconds(second), from + TimeSpan.FromSeconds(second + 1)))
            .ToList();
        var state = await host.Simulator.GetStateAsync(ct);
        return
        [
            new Figure($"pace {rate:N0}/s for {seconds} s, {host.Name}", $"{held:N1} msg/s", $"{rate:N0} msg/s", $"{held / rate:P1}",
                $"± {Tolerance:P0}", Math.Abs(held - rate) <= rate * Tolerance),
            Figure.Of("  fewest and most in one second", $"{each.Min():N0} to {each.Max():N0}"),
            Figure.Of("  refused by WhatsApp's limit", $"{state.RefusedByCode.Values.Sum():N0}"),
            Figure.Of("  statuses told", $"{state.Statuses.Values.Sum():N0} of {state.AcceptedSends:N0} messages"),
        ];
    }
}
