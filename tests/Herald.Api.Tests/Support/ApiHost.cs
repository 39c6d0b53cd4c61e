using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Herald.Api.Tenants;
using Herald.Domain;
using Herald.Grains;
using Herald.Grains.Secrets;
using Herald.Simulator;
using Herald.Storage;
using Herald.Storage.Keys;
using Herald.Testing;
using Herald.WhatsApp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Herald.Api.Tests.Support;

/// <summary>The real services on loopback, with a database and a simulated WhatsApp of their own.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _businesses;

    private ApiHost(WebApplication app, TestDatabase database, SimulatorHost simulator, LogGuard log, string adminKey)
    {
        _app = app;
        Database = database;
        Simulator = simulator;
        Log = log;
        Admin = new TestCaller(FirstStart.SystemTenant, adminKey);
        Channel = GrpcChannel.ForAddress(app.Urls.First());
    }

    public TestDatabase Database { get; }

    public SimulatorHost Simulator { get; }

    public LogGuard Log { get; }

    /// <summary>The key of the first start.</summary>
    public TestCaller Admin { get; }

    public GrpcChannel Channel { get; }

    public static Task<ApiHost> StartAsync(DatabaseProvider provider, Action<HeraldApiOptions> configure) =>
        StartAsync(provider, configure, static _ => { });

    /// <summary>Starts a host in which some services are replaced.</summary>
    public static async Task<ApiHost> StartAsync(DatabaseProvider provider, Action<HeraldApiOptions> configure, Action<IServiceCollection> replace)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var review = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero };
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Templates = review }, CancellationToken.None);
        var log = new LogGuard();
        var app = Build(database, simulator, log, configure, replace);
        await app.StartAsync();
        var adminKey = await app.Services.GetRequiredService<FirstStart>().EnsureAsync(CancellationToken.None);
        return new ApiHost(app, database, simulator, log, adminKey!);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A business at the simulated WhatsApp with one number.</summary>
    public SimulatedBusiness AddBusiness()
    {
        var number = Interlocked.Increment(ref _businesses);
        return Simulator.Control.AddBusiness($"Business {number}", new NumberSetup($"1555{number:D7}"));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Simulator.DisposeAsync();
        await Database.DisposeAsync();
        Log.AssertClean();
    }

    private static WebApplication Build(
        TestDatabase database, SimulatorHost simulator, LogGuard log, Action<HeraldApiOptions> configure, Action<IServiceCollection> replace)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(ApiHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.AddProvider(log);
        var services = builder.Services;
        services.AddRouting();
        services.AddHeraldStorage(database.Options);
        services.AddSingleton<IRandomSource, CryptoRandomSource>();
        services.AddSingleton<IIdSource, UuidV7Source>();
        services.AddSingleton<ISecretProtector>(new DataProtectionSecretProtector(new EphemeralDataProtectionProvider()));
        services.AddSingleton<IIdentityKey, StoredIdentityKey>();
        services.AddWhatsApp(options =>
        {
            options.BaseAddress = simulator.BaseAddress;
            options.AppId = SimulatorOptions.AppIdDefault;
            options.AppSecret = SimulatorOptions.AppSecretDefault;
        });
        services.AddHeraldApi(configure);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort());
            silo.AddMemoryGrainStorage(HeraldGrainStorage.Name);
        });
        replace(services);
        var app = builder.Build();
        app.UseRouting();
        app.MapHeraldApi();
        return app;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
