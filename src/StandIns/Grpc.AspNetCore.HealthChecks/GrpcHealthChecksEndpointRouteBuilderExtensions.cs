using Grpc.AspNetCore.HealthChecks;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the health service.</summary>
public static class GrpcHealthChecksEndpointRouteBuilderExtensions
{
    /// <summary>Maps the service <c>grpc.health.v1.Health</c>.</summary>
    /// <param name="builder">Where to map it.</param>
    /// <exception cref="InvalidOperationException">The health service was not registered.</exception>
    public static IEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ServiceProvider.GetService<PublishedStatuses>() is null
            ? throw new InvalidOperationException("Call AddGrpcHealthChecks() on the services before MapGrpcHealthChecksService().")
            : builder.MapGrpcService<HealthRpc>();
    }
}
