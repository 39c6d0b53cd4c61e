using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Registers storage providers that keep states in a database.</summary>
public static class AdoNetGrainStorageSiloBuilderExtensions
{
    /// <summary>Registers a provider under a name.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureOptions">Says where the database is.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        return builder.AddAdoNetGrainStorage(name, options => options.Configure(configureOptions));
    }

    /// <summary>Registers a provider under a name.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureOptions">Says where the database is.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetGrainStorageOptions>(name));
        builder.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new AdoNetGrainStorage(
            name, Options(services, name), services.GetRequiredService<SiloIdentity>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IHostedService>(services => Listener(services, Options(services, name)));
        return builder;
    }

    /// <summary>Registers the default provider.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configureOptions">Says where the database is.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(this ISiloBuilder builder, Action<AdoNetGrainStorageOptions> configureOptions)
        => builder.AddAdoNetGrainStorage(GrainStorageNames.Default, configureOptions);

    private static AdoNetGrainStorageOptions Options(IServiceProvider services, string name)
        => services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(name);

    private static IHostedService Listener(IServiceProvider services, AdoNetGrainStorageOptions options)
        => AdoNetProviders.IsPostgreSql(options.Invariant)
            ? new GrainWriteListener(
                options.ConnectionString, services.GetRequiredService<Catalog>(), services.GetRequiredService<SiloIdentity>())
            : new NoListener();

    /// <summary>A database of one node has nobody to listen to.</summary>
    private sealed class NoListener : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
