using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Registers storage providers that keep states in memory.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Registers a provider under a name.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="name">The provider's name.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
        => builder.ConfigureServices(services => services.AddKeyedSingleton<IGrainStorage, MemoryGrainStorage>(name));

    /// <summary>Registers the default provider.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder)
        => builder.AddMemoryGrainStorage(GrainStorageNames.Default);
}
