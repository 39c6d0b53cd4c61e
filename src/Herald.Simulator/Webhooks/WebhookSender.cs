using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Herald.Simulator;

/// <summary>Posts updates: gathers, signs, posts with bounded concurrency, repeats until 200.</summary>
internal sealed class WebhookSender(
    SimulatedWorld world, SendLedger ledger, Scheduler scheduler, IHttpClientFactory clients, TimeProvider time, ILogger<WebhookSender> log) : BackgroundService
{
    public const string ClientName = "webhooks";

    private readonly Channel<object> _queue = Channel.CreateUnbounded<object>();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly WebhookGate _gate = new();
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(world.Options.AppSecret);
    private readonly WebhookOptions _options = world.Options.Webhooks;
    private long _posts;
    private long _postsFailed;
    private long _acknowledged;
    private long _pending;
    private long _dropped;
    private long _generation;

    public WebhookCounts Counts =>
        new(Read(ref _posts), Read(ref _postsFailed), Read(ref _acknowledged), Read(ref _pending), Read(ref _dropped));

    /// <summary>Holds all posts back, or lets them go again.</summary>
    public void Hold(bool held) => _gate.Set(open: !held);

    /// <summary>Queues an update. Without a subscription or a callback, or over the bound, it is dropped and counted.</summary>
    public void Enqueue(WebhookUpdate update)
    {
        if (!update.Waba.Subscribed || TargetOf(update) is null || Read(ref _pending) >= _options.PendingMax)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        Interlocked.Increment(ref _pending);
        _queue.Writer.TryWrite(update);
    }

    public void Clear()
    {
        while (_queue.Reader.TryRead(out _))
        {
        }

        // What is under way belongs to the former generation and counts no more.
        Interlocked.Increment(ref _generation);
        _posts = _postsFailed = _acknowledged = _dropped = _pending = 0;
    }

    /// <summary>Asks a receiver whether it is ours: GET with mode, challenge and token; it must answer 200 and the bare challenge.</summary>
    public async Task<bool> VerifyAsync(WebhookTarget target, CancellationToken cancellation)
    {
        var drawn = SeededHash.Of(world.Options.Seed, "challenge", target.Url.AbsoluteUri, ledger.NextOrder());
        var challenge = (1_000_000_000 + drawn % 1_000_000_000).ToString(CultureInfo.InvariantCulture);
        var separator = target.Url.Query.Length == 0 ? '?' : '&';
        var url = $"{target.Url.AbsoluteUri}{separator}hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(target.VerifyToken)}";
        using var client = clients.CreateClient(ClientName);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = await client.SendAsync(request, cancellation);
            return response.StatusCode == HttpStatusCode.OK && await response.Content.ReadAsStringAsync(cancellation) == challenge;
        }
        catch (Exception failure) when (IsNetworkFailure(failure, cancellation))
        {
            WebhookLog.HandshakeFailed(log, failure.GetType().Name);
            return false;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Hold(world.Faults.HoldWebhooks);
        return Task.WhenAll(Enumerable.Range(0, _options.ConcurrentPosts).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        using var client = clients.CreateClient(ClientName);
        client.Timeout = _options.Timeout;
        while (true)
        {
            IReadOnlyList<WebhookBatch> batches;
            await _turn.WaitAsync(cancellation);
            try
            {
                batches = await CollectAsync(cancellation);
            }
            finally
            {
                _turn.Release();
            }

            foreach (var batch in batches)
            {
                await PostAsync(client, batch, cancellation);
            }
        }
    }

    /// <summary>Waits for updates, lets company arrive, and makes a body for each receiver.</summary>
    private async Task<IReadOnlyList<WebhookBatch>> CollectAsync(CancellationToken cancellation)
    {
        await _queue.Reader.WaitToReadAsync(cancellation);
        await _gate.WaitAsync(cancellation);
        if (_options.Linger > TimeSpan.Zero && _queue.Reader.Count < _options.UpdatesPerPostMax)
        {
            await Task.Delay(_options.Linger, time, cancellation);
        }

        var generation = Read(ref _generation);
        var updates = new List<WebhookUpdate>(_options.UpdatesPerPostMax);
        while (updates.Count < _options.UpdatesPerPostMax && _queue.Reader.TryPeek(out var next))
        {
            if (next is WebhookBatch repeated)
            {
                if (updates.Count > 0)
                {
                    break;
                }

                return _queue.Reader.TryRead(out _) ? [repeated] : [];
            }

            if (_queue.Reader.TryRead(out _))
            {
                updates.Add((WebhookUpdate)next);
            }
        }

        return [.. updates.GroupBy(TargetOf).Select(group => ToBatch([.. group], generation))];
    }

    private WebhookBatch ToBatch(WebhookUpdate[] updates, long generation) =>
        new(updates, WebhookComposer.Compose(updates, _options), generation);

    private async Task PostAsync(HttpClient client, WebhookBatch batch, CancellationToken cancellation)
    {
        batch.Attempts++;
        batch.FirstAttemptAt ??= time.GetUtcNow();
        if (await TryPostAsync(client, batch, cancellation))
        {
            var order = ledger.NextOrder();
            var now = time.GetUtcNow();
            foreach (var update in batch.Updates)
            {
                update.Acknowledged(order, now);
            }

            if (batch.Generation == Read(ref _generation))
            {
                Interlocked.Increment(ref _posts);
                Interlocked.Add(ref _acknowledged, batch.Updates.Count);
                Interlocked.Add(ref _pending, -batch.Updates.Count);
            }

            return;
        }

        if (batch.Generation == Read(ref _generation))
        {
            Repeat(batch);
            Interlocked.Increment(ref _postsFailed);
        }
    }

    private async Task<bool> TryPostAsync(HttpClient client, WebhookBatch batch, CancellationToken cancellation)
    {
        if (TargetOf(batch.Updates[0]) is not { } target)
        {
            return false;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(batch.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "facebookexternalua");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature", "sha1=" + Sha1Signature(batch.Body));
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, batch.Body)));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return true;
            }

            WebhookLog.PostRefused(log, (int)response.StatusCode, batch.Attempts);
            return false;
        }
        catch (Exception failure) when (IsNetworkFailure(failure, cancellation))
        {
            WebhookLog.PostFailed(log, failure.GetType().Name, batch.Attempts);
            return false;
        }
    }

    private void Repeat(WebhookBatch batch)
    {
        var factor = Math.Pow(2, Math.Min(batch.Attempts - 1, 30));
        var delay = TimeSpan.FromTicks((long)Math.Min(_options.RetryDelay.Ticks * factor, _options.RetryDelayMax.Ticks));
        if (time.GetUtcNow() + delay - batch.FirstAttemptAt > _options.RetryHorizon)
        {
            Drop(batch.Updates.Count, batch.Generation);
            return;
        }

        scheduler.After(delay, () => _queue.Writer.TryWrite(batch));
    }

    private void Drop(int count, long generation)
    {
        if (generation == Read(ref _generation))
        {
            Interlocked.Add(ref _dropped, count);
            Interlocked.Add(ref _pending, -count);
        }
    }

    private WebhookTarget? TargetOf(WebhookUpdate update) => update.Waba.Override ?? world.Callback;

    private static bool IsNetworkFailure(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static long Read(ref long value) => Interlocked.Read(ref value);

    // The older of the two signature headers is SHA-1 by Meta's definition.
    private string Sha1Signature(byte[] body) => Convert.ToHexStringLower(HMACSHA1.HashData(_secret, body));
}
