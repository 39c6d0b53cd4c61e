using Grpc.Core;
using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Contracts.Campaigns.V1;
using Herald.Storage;
using Microsoft.AspNetCore.Builder;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Herald.Benchmarks.Reads;

/// <summary>A read of a warm entity against an empty method on the same server, in turns.</summary>
internal static class ReadBenchmark
{
    private const double ShareMin = 0.60;
    private const int Rounds = 3;
    private const int Concurrency = 32;
    private const int Recipients = 10;

    public static async Task<IReadOnlyList<Figure>> RunAsync(DatabaseProvider provider, TimeSpan roundTime, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(
            provider, static settings => settings, static app => app.MapGrpcService<EmptyService>(), ct);
        var campaign = await host.Partner.LaunchAsync(await host.Partner.ImportAsync(0, Recipients, ct), ct);
        await host.FinishAsync(campaign, Recipients, ct);
        var client = new CampaignsService.CampaignsServiceClient(host.Partner.Channel);
        var invoker = host.Partner.Channel.CreateCallInvoker();
        var request = new GetCampaignRequest { Name = campaign };

        List<double> reads = [];
        List<double> empties = [];
        // The first round only compiles the paths.
        for (var round = 0; round <= Rounds; round++)
        {
            reads.Add(await RateAsync(() => client.GetCampaignAsync(request, host.Partner.With(ct)), roundTime, ct));
            empties.Add(await RateAsync(() => invoker.AsyncUnaryCall(EmptyService.Method, null, host.Partner.With(ct), new Empty()), roundTime, ct));
        }
        return [Figure.Share($"gRPC read, warm, {host.Name}", Median(reads[1..]), Median(empties[1..]), "calls/s", ShareMin)];
    }

    private static async Task<double> RateAsync<T>(Func<AsyncUnaryCall<T>> start, TimeSpan length, CancellationToken ct)
    {
        var time = BenchmarkHost.Time;
        var started = time.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; time.GetElapsedTime(started) < length; count++)
            {
                using var call = start();
                await call.ResponseAsync;
            }
            return count;
        }, ct)));
        return counts.Sum() / time.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
