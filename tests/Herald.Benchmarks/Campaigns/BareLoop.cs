using System.Net;
using Herald.Benchmarks.World;

namespace Herald.Benchmarks.Campaigns;

/// <summary>The yardstick: an <see cref="HttpClient"/> that posts bodies which the host posted before, and reads the answers.</summary>
internal static class BareLoop
{
    /// <summary>As many requests under way as the host has for a sender.</summary>
    private const int Concurrency = 64;

    /// <summary>Requests a second.</summary>
    public static async Task<double> RunAsync(SimulatorProcess simulator, IReadOnlyList<byte[]> bodies, int requests, TimeProvider time, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Authorization = new("Bearer", simulator.Business.Token);
        var started = time.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(LoopAsync, ct)));
        return requests / time.GetElapsedTime(started).TotalSeconds;

        async Task LoopAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
            {
                using var content = new ByteArrayContent(bodies[i % bodies.Count]);
                content.Headers.ContentType = new("application/json");
                using var response = await http.PostAsync(simulator.MessagesAddress, content, ct);
                await response.Content.ReadAsByteArrayAsync(ct);
                if (response.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"A bare request was answered with {response.StatusCode}.");
            }
        }
    }
}
