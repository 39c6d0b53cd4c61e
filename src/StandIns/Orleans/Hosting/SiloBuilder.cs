using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Registers the runtime itself, and hands the rest to the builder's extensions.</summary>
internal sealed class SiloBuilder : ISiloBuilder
{
    public SiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiloIdentity>();
        services.TryAddSingleton<GrainClasses>();
        services.TryAddSingleton<Catalog>();
        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<Catalog>().GrainFactory);
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());

        // The unnamed provider is the one of the default name, where there is one.
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(GrainStorageNames.Default));
        if (!services.Any(one => one.ImplementationType == typeof(Silo)))
        {
            services.AddHostedService<Silo>();
        }
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }
}
