using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Simulator.Tests;

/// <summary>A receiver on a real socket that verifies each signature over the raw bytes and keeps what came.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<Delivery> _deliveries = [];
    private readonly List<(Func<IReadOnlyList<Delivery>, bool> Holds, TaskCompletionSource Done)> _waiters = [];

    private WebhookReceiver(WebApplication app, string secret)
    {
        _app = app;
        app.MapGet("/hook", (HttpRequest request) =>
            AnswersHandshake && request.Query["hub.mode"] == "subscribe" && request.Query["hub.verify_token"] == VerifyToken
                ? Results.Text(request.Query["hub.challenge"])
                : Results.StatusCode(403));
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer);
            var status = NextStatus();
            Add(new Delivery(buffer.ToArray(), request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), secret, status));
            return Results.StatusCode(status);
        });
    }

    public string VerifyToken { get; set; } = SimulatorOptions.VerifyTokenDefault;

    public bool AnswersHandshake { get; set; } = true;

    /// <summary>Gives the status of the n-th POST, from 0. Default: always 200.</summary>
    public Func<int, int> StatusOf { get; set; } = _ => 200;

    public Uri Url => new(new Uri(_app.Urls.First()), "/hook");

    public IReadOnlyList<Delivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>Values of all changes of a field in acknowledged deliveries.</summary>
    public IReadOnlyList<JsonElement> Values(string field) => [.. Deliveries.Where(delivery => delivery.Status == 200).SelectMany(delivery => delivery.Values(field))];

    /// <summary>All items of an array (<c>statuses</c>, <c>messages</c>, …) in acknowledged deliveries.</summary>
    public IReadOnlyList<JsonElement> Items(string array) => ItemsOf(Deliveries, array);

    public static async Task<WebhookReceiver> StartAsync(string secret)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        var receiver = new WebhookReceiver(app, secret);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until an array holds that many items that fit.</summary>
    public Task WaitForItemsAsync(string array, int count, Func<JsonElement, bool> fits) =>
        WaitAsync(deliveries => ItemsOf(deliveries, array).Count(fits) >= count, $"{count} {array}");

    /// <summary>Waits for the first value of a field that fits.</summary>
    public async Task<JsonElement> WaitForValueAsync(string field, Func<JsonElement, bool> fits)
    {
        await WaitAsync(deliveries => deliveries.Any(delivery => delivery.Status == 200 && delivery.Values(field).Any(fits)), field);
        return Values(field).First(fits);
    }

    public async Task WaitAsync(Func<IReadOnlyList<Delivery>, bool> holds, string what)
    {
        Task done;
        lock (_gate)
        {
            if (holds(_deliveries))
            {
                return;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((holds, waiter));
            done = waiter.Task;
        }

        try
        {
            await done.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No {what} within {Limit}; {Deliveries.Count} deliveries came.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static List<JsonElement> ItemsOf(IReadOnlyList<Delivery> deliveries, string array) =>
        [.. deliveries.Where(delivery => delivery.Status == 200).SelectMany(delivery => delivery.Items(array))];

    private int NextStatus()
    {
        lock (_gate)
        {
            return StatusOf(_deliveries.Count);
        }
    }

    private void Add(Delivery delivery)
    {
        lock (_gate)
        {
            _deliveries.Add(delivery);
            foreach (var waiter in _waiters.ToArray().Where(waiter => waiter.Holds(_deliveries)))
            {
                _waiters.Remove(waiter);
                waiter.Done.TrySetResult();
            }
        }
    }
}

/// <summary>One POST as it came.</summary>
internal sealed class Delivery(byte[] body, IReadOnlyDictionary<string, string> headers, string secret, int status)
{
    private readonly JsonElement _root = JsonDocument.Parse(body).RootElement;

    public byte[] Body => body;

    public string Text => Encoding.UTF8.GetString(body);

    public IReadOnlyDictionary<string, string> Headers => headers;

    public int Status => status;

    public JsonElement Root => _root;

    public bool SignatureFits =>
        headers.GetValueOrDefault("X-Hub-Signature-256") == "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public IEnumerable<JsonElement> Values(string field) =>
        from entry in _root.GetProperty("entry").EnumerateArray()
        from change in entry.GetProperty("changes").EnumerateArray()
        where change.GetProperty("field").GetString() == field
        select change.GetProperty("value");

    public IEnumerable<JsonElement> Items(string array) =>
        from entry in _root.GetProperty("entry").EnumerateArray()
        from change in entry.GetProperty("changes").EnumerateArray()
        where change.GetProperty("value").TryGetProperty(array, out _)
        from item in change.GetProperty("value").GetProperty(array).EnumerateArray()
        select item;
}
