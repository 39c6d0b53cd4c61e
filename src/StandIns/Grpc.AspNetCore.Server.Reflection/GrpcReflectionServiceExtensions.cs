using Grpc.AspNetCore.Server.Reflection;

using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the reflection service.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Registers what the reflection service needs.</summary>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<MappedServices>();
        return services;
    }
}
