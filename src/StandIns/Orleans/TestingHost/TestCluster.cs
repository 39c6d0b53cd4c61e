using System.Collections.ObjectModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Silos and a client in one process, for tests.</summary>
public sealed class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly Action<IConfigurationBuilder> _configuration;
    private readonly IReadOnlyList<Func<object>> _siloConfigurators;
    private readonly IReadOnlyList<Func<IClientBuilderConfigurator>> _clientConfigurators;
    private InProcessSiloHandle? _silo;
    private ServiceProvider? _clientServices;
    private GrainFactory? _client;

    internal TestCluster(
        Action<IConfigurationBuilder> configuration,
        IReadOnlyList<Func<object>> siloConfigurators,
        IReadOnlyList<Func<IClientBuilderConfigurator>> clientConfigurators)
    {
        _configuration = configuration;
        _siloConfigurators = siloConfigurators;
        _clientConfigurators = clientConfigurators;
    }

    /// <summary>The first silo; null before the cluster is deployed and after it has been stopped.</summary>
    public SiloHandle? Primary => _silo;

    /// <summary>All silos.</summary>
    public ReadOnlyCollection<SiloHandle> Silos => _silo is null ? ReadOnlyCollection<SiloHandle>.Empty : new([_silo]);

    /// <summary>The client.</summary>
    public IClusterClient Client => _client ?? throw new InvalidOperationException("The cluster has not been deployed.");

    /// <summary>Hands out references to grains, by way of the client.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>The services of the client.</summary>
    public IServiceProvider ServiceProvider => Client.ServiceProvider;

    /// <summary>Returns the services of a silo.</summary>
    /// <returns>The services.</returns>
    public IServiceProvider GetSiloServiceProvider()
        => _silo?.SiloHost.Services ?? throw new InvalidOperationException("The cluster has not been deployed.");

    /// <summary>Starts silos and client, and waits for them.</summary>
    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    /// <summary>Starts silos and client.</summary>
    /// <returns>Ends when they run.</returns>
    public async Task DeployAsync()
    {
        if (_silo is not null)
        {
            throw new InvalidOperationException("Cluster host already deployed.");
        }

        var silo = new InProcessSiloHandle("Primary", BuildHost());
        await silo.SiloHost.StartAsync();
        _silo = silo;
        StartClient(silo.SiloHost.Services.GetRequiredService<Catalog>());
    }

    /// <summary>Stops silos and client; grains are deactivated.</summary>
    /// <returns>Ends when they have stopped.</returns>
    public async Task StopAllSilosAsync()
    {
        if (_silo is { } silo)
        {
            _silo = null;
            await silo.StopSiloAsync(stopGracefully: true);
        }
    }

    /// <summary>Stops silos and client.</summary>
    /// <returns>Ends when they have stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAllSilosAsync();
        if (_clientServices is { } services)
        {
            _clientServices = null;
            await services.DisposeAsync();
        }
    }

    /// <summary>Stops silos and client, and waits for them.</summary>
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();

    private IHost BuildHost()
    {
        var configurators = _siloConfigurators.Select(make => make()).ToList();
        var builder = new HostBuilder().ConfigureHostConfiguration(_configuration);
        foreach (var configurator in configurators.OfType<IHostConfigurator>())
        {
            configurator.Configure(builder);
        }

        builder.UseOrleans(silo =>
        {
            foreach (var configurator in configurators.OfType<ISiloConfigurator>())
            {
                configurator.Configure(silo);
            }
        });
        return builder.Build();
    }

    private void StartClient(Catalog catalog)
    {
        var configuration = new ConfigurationBuilder();
        _configuration(configuration);
        var builder = new ClientBuilder(configuration.Build());
        foreach (var make in _clientConfigurators)
        {
            make().Configure(builder.Configuration, builder);
        }

        // Client and silo are told apart by their filters and options; the calls go from one to the other directly.
        builder.Services.AddSingleton<IClusterClient>(services => new GrainFactory(
            catalog, services, services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value.ResponseTimeout));
        builder.Services.AddSingleton<IGrainFactory>(services => services.GetRequiredService<IClusterClient>());
        _clientServices = builder.Services.BuildServiceProvider();
        _client = (GrainFactory)_clientServices.GetRequiredService<IClusterClient>();
    }

    private sealed class ClientBuilder(IConfiguration configuration) : IClientBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection().AddOptions().AddLogging();

        public IConfiguration Configuration { get; } = configuration;
    }
}
