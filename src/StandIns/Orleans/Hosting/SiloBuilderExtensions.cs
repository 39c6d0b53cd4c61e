using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>What every silo can be given.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Adds services to the silo's host.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configureDelegate">Adds them.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(builder.Services);
        return builder;
    }

    /// <summary>Sets options.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configureOptions">Sets them.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
        => builder.ConfigureServices(services => services.Configure(configureOptions));

    /// <summary>Reads options from configuration.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configuration">Where they are.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, IConfiguration configuration)
        where TOptions : class
        => builder.ConfigureServices(services => services.Configure<TOptions>(configuration));

    /// <summary>Sets logging up.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configureLogging">Sets it up.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder ConfigureLogging(this ISiloBuilder builder, Action<ILoggingBuilder> configureLogging)
        => builder.ConfigureServices(services => services.AddLogging(configureLogging));

    /// <summary>Says that the silo is alone. Here it always is; only the names are kept.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="siloPort">Not used here.</param>
    /// <param name="gatewayPort">Not used here.</param>
    /// <param name="primarySiloEndpoint">Not used here.</param>
    /// <param name="serviceId">The service's name.</param>
    /// <param name="clusterId">The cluster's name.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11_111,
        int gatewayPort = 30_000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
        => builder.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = serviceId;
            options.ClusterId = clusterId;
        });
}
