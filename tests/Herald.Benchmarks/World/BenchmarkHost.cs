using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain;
using Herald.Host;
using Herald.Storage;
using Herald.Storage.Tenants;
using Herald.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Benchmarks.World;

/// <summary>
/// The real host in this process with an empty database, a simulated WhatsApp in another, and a partner who has set a sender up. What the
/// host allocates and holds is thus this process' own.
/// </summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private BenchmarkHost(
        TestDatabase database, WebApplication app, SimulatorProcess simulator, BenchmarkPartner partner, PostCounter posts, Uri webhooks)
    {
        _database = database;
        _app = app;
        Simulator = simulator;
        Partner = partner;
        Posts = posts;
        Webhooks = webhooks;
        Database = new DatabaseFigures(app.Services.GetRequiredService<IDatabase>());
    }

    public static TimeProvider Time => TimeProvider.System;

    public IServiceProvider Services => _app.Services;

    public SimulatorProcess Simulator { get; }

    public BenchmarkPartner Partner { get; }

    public PostCounter Posts { get; }

    public DatabaseFigures Database { get; }

    /// <summary>Where signed webhooks are posted.</summary>
    public Uri Webhooks { get; }

    public DatabaseProvider Provider => _database.Options.Provider;

    public string Name => Provider == DatabaseProvider.PostgreSql ? "PostgreSQL" : "SQLite";

    /// <summary>Starts it all.</summary>
    /// <param name="provider">The database.</param>
    /// <param name="configure">Changes the simulator's settings.</param>
    /// <param name="map">Maps more onto the host's server.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<BenchmarkHost> StartAsync(
        DatabaseProvider provider, Func<SimulatorSettings, SimulatorSettings> configure, Action<WebApplication> map, CancellationToken ct)
    {
        var (grpc, webhooks) = (FreeAddress(), FreeAddress());
        webhooks = new Uri(webhooks, Herald.Webhooks.WebhookOptions.Path);
        var settings = configure(new SimulatorSettings(webhooks, TimeScale: 1, HasLimits: false, IsHigh: true));
        var simulator = await SimulatorProcess.StartAsync(settings, Time, ct);
        var database = await TestDatabase.CreateAsync(provider);
        await OrleansTables.CreateAsync(database);
        var posts = new PostCounter(Time);
        var app = Build(database, simulator, posts, grpc, webhooks);
        map(app);
        var adminKey = await HeraldHost.PrepareAsync(app, ct) ?? throw new InvalidOperationException("The database is in use.");
        await app.StartAsync(ct);
        var partner = await BenchmarkPartner.CreateAsync(
            grpc, adminKey, simulator.Business, app.Services.GetRequiredService<IIdSource>(), Time, ct);
        return new BenchmarkHost(database, app, simulator, partner, posts, webhooks);
    }

    /// <summary>The sender's row, by which its pace is set.</summary>
    public async Task<SenderRow> GetSenderAsync(CancellationToken ct) =>
        await Services.GetRequiredService<ISenderStore>().FindByPhoneNumberIdAsync(Simulator.PhoneNumberId, ct)
        ?? throw new InvalidOperationException("There is no sender.");

    /// <summary>Gives the sender another pace than Meta's level; workers hear of it within their interval of renewal.</summary>
    public async Task SetPaceAsync(int messagesPerSecond, CancellationToken ct)
    {
        var senders = Services.GetRequiredService<ISenderStore>();
        while (await senders.UpdateAsync(await GetSenderAsync(ct) with { MessagesPerSecond = messagesPerSecond }, ct) is null)
        {
            // Another writer came between the two.
        }
    }

    /// <summary>Waits until WhatsApp has told everything and the host has processed it.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        await Simulator.WaitUntilQuietAsync(Poll, ct);
        await Waiting.UntilAsync("all deliveries are processed", Poll, Time, async () => await Database.WaitingDeliveriesAsync() == 0, ct);
    }

    /// <summary>Waits until so many messages were accepted, then until their statuses are processed; the statuses must be complete.</summary>
    /// <returns>When the last was, since the restart of <see cref="Posts"/>.</returns>
    public async Task<TimeSpan> FinishAsync(string campaign, int recipients, CancellationToken ct)
    {
        await Waiting.UntilAsync("all messages left", Poll, Time, () => Task.FromResult(Posts.Total >= recipients), ct);
        CampaignReport report;
        TimeSpan end;
        do
        {
            // The last requests have left, which WhatsApp may not have taken yet: it is quiet then, too.
            await SettleAsync(ct);
            end = Posts.Elapsed;
            report = await Partner.GetReportAsync(campaign, ct);
        }
        while (report.InFlightCount > 0);
        return report.ReadCount == recipients
            ? end
            : throw new InvalidOperationException($"{report.ReadCount} of {recipients} messages are read; the report is {report}.");
    }

    public static TimeSpan ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        Partner.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Simulator.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static WebApplication Build(TestDatabase database, SimulatorProcess simulator, PostCounter posts, Uri grpc, Uri webhooks)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Herald:Database"] = database.Options.ConnectionString,
            ["Herald:WhatsApp:BaseAddress"] = simulator.Address.ToString(),
            ["Herald:WhatsApp:AppId"] = simulator.Options.AppId,
            ["Herald:WhatsApp:AppSecret"] = simulator.Options.AppSecret,
            ["Herald:Webhooks:AppSecrets:0"] = simulator.Options.AppSecret,
            ["Herald:Webhooks:VerifyToken"] = simulator.Options.VerifyToken,
            ["Herald:Delivery:RenewInterval"] = "00:00:01",
            ["Herald:Api:CallsPerSecond"] = "100000",
            ["Herald:Api:CallsBurst"] = "100000",
            ["Kestrel:Endpoints:Grpc:Url"] = grpc.ToString(),
            ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
            ["Kestrel:Endpoints:Webhooks:Url"] = webhooks.GetLeftPart(UriPartial.Authority),
            ["Kestrel:Endpoints:Webhooks:Protocols"] = "Http1",
            ["Herald:Silo:SiloPort"] = FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
            ["Herald:Silo:GatewayPort"] = FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
            ["Herald:Silo:Address"] = IPAddress.Loopback.ToString(),
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            // The key ring of a benchmark protects nothing that outlives it.
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        });
        builder.Services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(posts.CreateHandler));
        return HeraldHost.Build(builder);
    }

    /// <summary>The port is free now; nothing else on this machine is likely to take it within the next second.</summary>
    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
