using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Herald.Domain;
using Herald.Host.Start;
using Herald.Simulator;

namespace Herald.Host.Demo;

/// <summary>A simulated WhatsApp and a real Herald, both on loopback in this process, talking over real sockets.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private const double TimeScale = 0.15;
    private readonly WebApplication _app;
    private readonly string? _temporaryFolder;

    private DemoWorld(SimulatorHost simulator, WebApplication app, string adminKey, Uri grpc, Uri webhooks, string? temporaryFolder)
    {
        Simulator = simulator;
        _app = app;
        AdminKey = adminKey;
        Grpc = grpc;
        Webhooks = webhooks;
        _temporaryFolder = temporaryFolder;
    }

    public SimulatorHost Simulator { get; }

    public string AdminKey { get; }

    public Uri Grpc { get; }

    public Uri Webhooks { get; }

    public SimulatedBusiness Operator => Simulator.Control.Businesses[0];

    public SimulatedBusiness Bakery => Simulator.Control.Businesses[1];

    public TimeProvider Time => _app.Services.GetRequiredService<TimeProvider>();

    public IIdSource Ids => _app.Services.GetRequiredService<IIdSource>();

    public static async Task<DemoWorld> StartAsync(DemoOptions options, CancellationToken ct)
    {
        var (grpc, webhooks) = (FreeAddress(), FreeAddress());
        var setup = new SimulatorOptions
        {
            Seed = options.Seed,
            CallbackUrl = new Uri(webhooks, WebhookPath),
            Behaviour = BehaviourOptions.Lively(TimeScale),
        };
        setup.AddBusiness("Herald", new NumberSetup("34911000001"));
        setup.AddBusiness("Luna Bakery", new NumberSetup("34911000002"));
        var folder = options.Database is null ? Directory.CreateTempSubdirectory("herald-demo-").FullName : null;
        var simulator = await SimulatorHost.StartAsync(setup, ct);
        try
        {
            var app = HeraldHost.Build(Configure(options, setup, simulator, grpc, webhooks, folder));
            var adminKey = await PrepareAsync(app, ct);
            await app.StartAsync(ct);
            return new DemoWorld(simulator, app, adminKey, grpc, webhooks, folder);
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    public Task ServeAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Simulator.DisposeAsync();
        if (_temporaryFolder is not null)
            Directory.Delete(_temporaryFolder, recursive: true);
    }

    private const string WebhookPath = Herald.Webhooks.WebhookOptions.Path;

    private static WebApplicationBuilder Configure(
        DemoOptions options, SimulatorOptions setup, SimulatorHost simulator, Uri grpc, Uri webhooks, string? folder)
    {
        var builder = ServeCommand.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Herald:Database"] = options.Database ?? Path.Combine(folder!, "herald.db"),
            ["Herald:WhatsApp:BaseAddress"] = simulator.BaseAddress.ToString(),
            ["Herald:WhatsApp:AppId"] = setup.AppId,
            ["Herald:WhatsApp:AppSecret"] = setup.AppSecret,
            ["Herald:Webhooks:AppSecrets:0"] = setup.AppSecret,
            ["Herald:Webhooks:VerifyToken"] = setup.VerifyToken,
            ["Kestrel:Endpoints:Grpc:Url"] = grpc.ToString(),
            ["Kestrel:Endpoints:Webhooks:Url"] = webhooks.ToString(),
            ["Herald:Silo:SiloPort"] = FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
            ["Herald:Silo:GatewayPort"] = FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
            ["Herald:Silo:Address"] = IPAddress.Loopback.ToString(),
            ["Herald:Control:UndoWindow"] = "00:00:02",
            // A demo does not last until the next day.
            ["Herald:Delivery:RetryWithheldMarketing"] = "false",
            ["Logging:LogLevel:Default"] = "Warning",
            // The key ring of a demo protects nothing that outlives it.
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        });
        return builder;
    }

    private static async Task<string> PrepareAsync(WebApplication app, CancellationToken ct)
    {
        if (await HeraldHost.PrepareAsync(app, ct) is { } adminKey)
            return adminKey;
        await app.DisposeAsync();
        throw new DemoException("The database is in use by a Herald already. Give the demo an empty one.");
    }

    /// <summary>The port is free now; nothing else on this machine is likely to take it within the next second.</summary>
    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
