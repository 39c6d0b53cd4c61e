using Herald.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Orleans.Tests;

/// <summary>A deployed test cluster, with its probe and its clock.</summary>
public sealed class GrainCluster : IAsyncDisposable
{
    private GrainCluster(TestCluster cluster) => Cluster = cluster;

    public TestCluster Cluster { get; }

    public IGrainFactory Grains => Cluster.GrainFactory;

    public Probe Probe => Silo.GetRequiredService<Probe>();

    public ManualTimeProvider Time => Silo.GetRequiredService<ManualTimeProvider>();

    public IServiceProvider Silo => Cluster.GetSiloServiceProvider();

    /// <summary>Starts a cluster with memory storage, a probe and a clock that stands still.</summary>
    public static Task<GrainCluster> StartAsync() => StartAsync(_ => { });

    public static async Task<GrainCluster> StartAsync(Action<TestClusterBuilder> configure)
    {
        var builder = new TestClusterBuilder(initialSilosCount: 1);
        builder.AddSiloBuilderConfigurator<CommonSetup>();
        configure(builder);
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainCluster(cluster);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private sealed class CommonSetup : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.AddMemoryGrainStorage("memory");
            siloBuilder.AddMemoryGrainStorageAsDefault();
            siloBuilder.Services.AddSingleton<Probe>();
            siloBuilder.Services.AddSingleton<ILoggerProvider, ProbeLoggerProvider>();
            siloBuilder.Services.AddSingleton<ManualTimeProvider>();
            siloBuilder.Services.AddSingleton<TimeProvider>(services => services.GetRequiredService<ManualTimeProvider>());
            siloBuilder.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(10));
        }
    }
}
