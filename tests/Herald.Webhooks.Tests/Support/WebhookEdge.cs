using System.Net;
using Herald.Storage.Webhooks;
using Herald.Testing.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Herald.Webhooks.Tests.Support;

/// <summary>The edge on loopback. Its processing runs by itself, or, for tests that look at each step, round by round.</summary>
internal sealed class WebhookEdge : IAsyncDisposable
{
    public const string Secret = "a-first-app-secret";
    public const string NextSecret = "the-next-app-secret";
    public const string VerifyToken = "herald-verify";
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan RoundInterval = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly TestNode _node;

    private WebhookEdge(WebApplication app, TestNode node)
    {
        _app = app;
        _node = node;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public static async Task<WebhookEdge> StartAsync(TestNode node, bool processesByItself, int attemptsMax)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        node.AddTo(builder.Services);
        builder.Services.AddSingleton(node.Grains);
        builder.Services.AddHeraldWebhooks(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppSecrets:0"] = Secret,
            ["AppSecrets:1"] = NextSecret,
            ["VerifyToken"] = VerifyToken,
            ["AttemptsMax"] = attemptsMax.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["IdleInterval"] = "00:00:00.100",
            ["LeaseDuration"] = "00:00:15",
            ["RoundInterval"] = RoundInterval.ToString(),
            ["StopTimeout"] = StopTimeout.ToString(),
        }).Build());
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        if (!processesByItself)
        {
            foreach (var loop in builder.Services.Where(service => service.ServiceType == typeof(IHostedService)
                && service.ImplementationType?.Assembly == typeof(WebhookEndpoints).Assembly).ToList())
            {
                builder.Services.Remove(loop);
            }
        }
        var app = builder.Build();
        app.UseRouting();
        app.MapWhatsAppWebhooks();
        await app.StartAsync();
        return new WebhookEdge(app, node);
    }

    public async Task<HttpStatusCode> PostAsync(byte[] body, string? signature)
    {
        using var request = Request(new ByteArrayContent(body), signature);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    public static HttpRequestMessage Request(HttpContent content, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, WebhookOptions.Path) { Content = content };
        if (signature is not null)
            request.Headers.Add("X-Hub-Signature-256", signature);
        return request;
    }

    /// <summary>Posts a signed body, which must be taken.</summary>
    public async Task DeliverAsync(WebhookBody body)
    {
        var bytes = body.ToBytes();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(bytes, WebhookBody.Sign(bytes, Secret)));
    }

    /// <summary>Delivers and processes everything that is due.</summary>
    public async Task DeliverAndProcessAsync(params WebhookBody[] bodies)
    {
        foreach (var body in bodies)
            await DeliverAsync(body);
        await ProcessAsync();
    }

    /// <summary>One round over what is due, and one after the other until nothing is.</summary>
    public async Task ProcessAsync()
    {
        while (await ProcessOnceAsync() > 0)
        {
        }
    }

    public async Task<int> ProcessOnceAsync()
    {
        var due = await WaitingAsync();
        if (due.Count > 0)
            await ProcessRowsAsync(due);
        return due.Count;
    }

    public Task<IReadOnlyList<InboxRow>> WaitingAsync() =>
        _node.Get<IWebhookInbox>().NextAsync(_node.Now, 5_000, CancellationToken.None);

    /// <summary>Processes deliveries whether or not they were done before, as after a crash between the effects and the mark.</summary>
    public Task ProcessRowsAsync(IReadOnlyList<InboxRow> rows) =>
        _app.Services.GetRequiredService<InboxRound>().ProcessAsync(rows, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
