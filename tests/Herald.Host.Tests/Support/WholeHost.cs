using Herald.Chaos;
using Herald.Host.Start;
using Herald.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Host.Tests.Support;

/// <summary>A whole host on SQLite in this process, and the simulator that it talks to over real HTTP.</summary>
internal sealed class WholeHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("herald-host-");
    private readonly SimulatorHost _simulator;
    private readonly WebApplication _app;

    private WholeHost(SimulatorOptions setup, SimulatorHost simulator, Uri webhooks, IReadOnlyDictionary<string, string?> settings)
    {
        _simulator = simulator;
        var builder = ServeCommand.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Herald:Database"] = Path.Combine(_folder.FullName, "herald.db"),
            ["Herald:WhatsApp:BaseAddress"] = simulator.BaseAddress.ToString(),
            ["Herald:WhatsApp:AppId"] = setup.AppId,
            ["Herald:WhatsApp:AppSecret"] = setup.AppSecret,
            ["Herald:Webhooks:AppSecrets:0"] = setup.AppSecret,
            ["Herald:Webhooks:VerifyToken"] = setup.VerifyToken,
            ["Kestrel:Endpoints:Grpc:Url"] = Grpc.ToString(),
            ["Kestrel:Endpoints:Webhooks:Url"] = webhooks.ToString(),
            ["Logging:LogLevel:Default"] = "None",
        }).AddInMemoryCollection(settings);
        _app = HeraldHost.Build(builder);
    }

    /// <summary>Where partners call.</summary>
    public Uri Grpc { get; } = HostProcess.FreeAddress();

    /// <summary>The key of the first start.</summary>
    public string AdminKey { get; private set; } = "";

    public SimulatorControl Simulator => _simulator.Control;

    public IServiceProvider Services => _app.Services;

    /// <summary>A host whose database is ready and which does nothing yet.</summary>
    /// <param name="setUp">Makes the simulator's setup for the address to which it is to deliver.</param>
    /// <param name="settings">Added to the host's settings.</param>
    public static async Task<WholeHost> CreateAsync(Func<Uri, SimulatorOptions> setUp, IReadOnlyDictionary<string, string?> settings)
    {
        var webhooks = HostProcess.FreeAddress();
        var setup = setUp(new Uri(webhooks, "/webhooks/whatsapp"));
        var host = new WholeHost(setup, await SimulatorHost.StartAsync(setup, CancellationToken.None), webhooks, settings);
        host.AdminKey = Assert.IsType<string>(await HeraldHost.PrepareAsync(host._app, CancellationToken.None));
        return host;
    }

    /// <summary>A host that runs.</summary>
    public static async Task<WholeHost> StartAsync(Func<Uri, SimulatorOptions> setUp)
    {
        var host = await CreateAsync(setUp, new Dictionary<string, string?>());
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _app.StartAsync();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
