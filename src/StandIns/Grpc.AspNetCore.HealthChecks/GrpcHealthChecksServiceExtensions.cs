using Grpc.AspNetCore.HealthChecks;

using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health service.</summary>
public static class GrpcHealthChecksServiceExtensions
{
    /// <summary>Registers the health service, in which all checks speak for the server as a whole.</summary>
    /// <param name="services">The services to add to.</param>
    /// <returns>A builder with which checks are registered.</returns>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<PublishedStatuses>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthCheckPublisher, GrpcHealthChecksPublisher>());
        services.Configure<GrpcHealthChecksOptions>(options => options.Services.Map("", _ => true));
        return services.AddHealthChecks();
    }

    /// <summary>Registers the health service with options.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets the options; runs after the default, and may take it back.</param>
    /// <returns>A builder with which checks are registered.</returns>
    public static IHealthChecksBuilder AddGrpcHealthChecks(
        this IServiceCollection services, Action<GrpcHealthChecksOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = services.AddGrpcHealthChecks();
        services.Configure(configure);
        return builder;
    }
}
