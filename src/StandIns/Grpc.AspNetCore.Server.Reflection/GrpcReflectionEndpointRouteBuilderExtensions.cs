using Grpc.AspNetCore.Server.Reflection;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the reflection service.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the reflection service in both of its versions, <c>grpc.reflection.v1</c> and <c>grpc.reflection.v1alpha</c>.
    /// It tells of every service that the application maps, before or after.
    /// </summary>
    /// <param name="builder">Where to map it.</param>
    /// <returns>A builder whose conventions hold for both versions.</returns>
    /// <exception cref="InvalidOperationException">The reflection service was not registered.</exception>
    public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(MappedServices)) != true
            ? throw new InvalidOperationException("Call AddGrpcReflection() on the services before MapGrpcReflectionService().")
            : new BothVersions(builder.MapGrpcService<ReflectionV1AlphaRpc>(), builder.MapGrpcService<ReflectionRpc>());
    }

    private sealed class BothVersions(IEndpointConventionBuilder first, IEndpointConventionBuilder second)
        : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            first.Add(convention);
            second.Add(convention);
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            first.Finally(finallyConvention);
            second.Finally(finallyConvention);
        }
    }
}
