using Dapper;
using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Benchmarks.Webhooks;

/// <summary>
/// How long WhatsApp waits for the 200 of a delivery, which says that it is durable, at a steady rate of deliveries with one status each, while
/// the inbox applies them to the messages that they are about.
/// </summary>
internal static class AcknowledgementBenchmark
{
    private const double MedianMaxMs = 10;
    private const double TailMaxMs = 100;
    private static readonly string[] Statuses = ["sent", "delivered", "read"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(DatabaseProvider provider, int perSecond, int seconds, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(provider, static settings => settings, static _ => { }, ct);
        var events = perSecond * seconds;
        var messages = await QueuedMessagesAsync(host, (events + Statuses.Length - 1) / Statuses.Length, ct);
        var now = BenchmarkHost.Time.GetUtcNow();
        var bodies = Statuses.SelectMany(status => messages.Select(message => Deliveries.Status(host.Simulator, message, status, now))).Take(events).ToList();
        using var poster = new SignedPoster(host);
        // Compiles the path before it is measured.
        await poster.PostAsync(
            [.. Enumerable.Range(0, perSecond).Select(i => Deliveries.Status(host.Simulator, new Guid(i, 0, 0, new byte[8]), "sent", now))], perSecond, ct);

        var started = BenchmarkHost.Time.GetTimestamp();
        var latencies = await poster.PostAsync(bodies, perSecond, ct);
        var took = BenchmarkHost.Time.GetElapsedTime(started);
        await host.SettleAsync(ct);
        var path = $"acknowledgement at {perSecond:N0}/s, {host.Name}";
        return
        [
            Figure.AtMost($"{path}: p50", latencies.Percentile(0.5), MedianMaxMs, "ms"),
            Figure.AtMost($"{path}: p99", latencies.Percentile(0.99), TailMaxMs, "ms"),
            Figure.Of("  acknowledged", $"{events / took.TotalSeconds:N0} events/s"),
            Figure.Of("  applied", $"{events / BenchmarkHost.Time.GetElapsedTime(started).TotalSeconds:N0} events/s"),
        ];
    }

    /// <summary>Messages of a campaign that wait for their turn at one a second: their statuses move them all the same.</summary>
    private static async Task<IReadOnlyList<Guid>> QueuedMessagesAsync(BenchmarkHost host, int count, CancellationToken ct)
    {
        await host.SetPaceAsync(1, ct);
        var list = await host.Partner.ImportAsync(0, count, ct);
        var campaign = await host.Partner.LaunchAsync(list, ct);
        await Waiting.UntilAsync("the audience is frozen", TimeSpan.FromMilliseconds(50), BenchmarkHost.Time,
            async () => (await host.Partner.GetReportAsync(campaign, ct)).RecipientCount == count, ct);
        await using var connection = await host.Services.GetRequiredService<IDatabase>().OpenAsync(ct);
        return [.. await connection.QueryAsync<Guid>("SELECT message_id FROM messages")];
    }
}
