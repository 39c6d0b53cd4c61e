using System.Net;
using System.Security.Cryptography;
using System.Text;
using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.WhatsApp.Webhooks;

namespace Herald.Benchmarks.Webhooks;

/// <summary>
/// Posts signed deliveries at a steady rate, whether or not the ones before are answered, and measures each from the time at which it was due
/// until its 200: a receiver that stalls is not spared the requests that came meanwhile.
/// </summary>
internal sealed class SignedPoster : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false });
    private readonly Uri _address;
    private readonly byte[] _secret;
    private readonly TimeProvider _time;

    public SignedPoster(BenchmarkHost host)
    {
        _address = host.Webhooks;
        _secret = Encoding.UTF8.GetBytes(host.Simulator.Options.AppSecret);
        _time = BenchmarkHost.Time;
    }

    public void Dispose() => _http.Dispose();

    public async Task<Latencies> PostAsync(IReadOnlyList<byte[]> bodies, int perSecond, CancellationToken ct)
    {
        var signed = bodies.Select(body => (Body: body, Signature: "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, body)))).ToList();
        var posts = new Task<TimeSpan>[signed.Count];
        using var timer = new PeriodicTimer(Tick, _time);
        var started = _time.GetTimestamp();
        for (var next = 0; next < posts.Length; await timer.WaitForNextTickAsync(ct))
        {
            var due = Math.Min(posts.Length, (int)(_time.GetElapsedTime(started).TotalSeconds * perSecond) + 1);
            for (; next < due; next++)
            {
                var (body, signature) = signed[next];
                var dueTime = started + (long)((double)next / perSecond * _time.TimestampFrequency);
                posts[next] = Task.Run(() => PostAsync(body, signature, dueTime, ct), ct);
            }
        }
        return new Latencies(await Task.WhenAll(posts));
    }

    private async Task<TimeSpan> PostAsync(byte[] body, string signature, long due, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation(WebhookSignature.HeaderName, signature);
        using var response = await _http.SendAsync(request, ct);
        return response.StatusCode == HttpStatusCode.OK
            ? _time.GetElapsedTime(due)
            : throw new InvalidOperationException($"A delivery was answered with {response.StatusCode}.");
    }
}
