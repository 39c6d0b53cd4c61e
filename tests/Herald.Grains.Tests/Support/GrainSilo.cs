using System.Collections.Concurrent;
using System.Globalization;
using Herald.Grains;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Herald.Testing.Nodes;

/// <summary>One silo with Herald's grains, in this process.</summary>
internal sealed class GrainSilo : IAsyncDisposable
{
    private const string SetupKey = "herald-test-setup";
    private static readonly ConcurrentDictionary<string, Setup> Setups = new();
    private static int _count;

    private readonly TestCluster _cluster;
    private readonly string _key;

    private GrainSilo(TestCluster cluster, string key)
    {
        _cluster = cluster;
        _key = key;
    }

    public IGrainFactory Grains => _cluster.GrainFactory;

    public static async Task<GrainSilo> StartAsync(Action<IServiceCollection> addServices, IGrainStorage documents)
    {
        var key = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        Setups[key] = new Setup(addServices, documents);
        var builder = new TestClusterBuilder(1);
        builder.Properties[SetupKey] = key;
        builder.AddSiloBuilderConfigurator<Silo>();
        builder.AddClientBuilderConfigurator<Client>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainSilo(cluster, key);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        Setups.TryRemove(_key, out _);
    }

    private sealed record Setup(Action<IServiceCollection> AddServices, IGrainStorage Documents);

    // Made by the cluster, by its type.
    private sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            var setup = Setups[siloBuilder.Configuration[SetupKey]!];
            siloBuilder.ConfigureServices(services =>
            {
                setup.AddServices(services);
                services.AddHeraldGrains(new ConfigurationBuilder().Build());
                services.AddKeyedSingleton(HeraldGrainStorage.Name, setup.Documents);
            });
            siloBuilder.AddHeraldCallFilters();
        }
    }

    private sealed class Client : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.AddOutgoingGrainCallFilter<InconsistentStateRetryFilter>();
    }
}
