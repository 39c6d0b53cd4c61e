using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Registers filters for calls. They wrap each other in the order of registration, the first outermost.</summary>
public static class GrainCallFilterExtensions
{
    /// <summary>Wraps the calls that reach the silo's grains.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter)
        => builder.ConfigureServices(services => services.AddIncomingGrainCallFilter(filter));

    /// <summary>Wraps the calls that reach the silo's grains.</summary>
    /// <typeparam name="TImplementation">The filter's class; one object is made for all calls.</typeparam>
    /// <param name="builder">The silo's builder.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
        where TImplementation : class, IIncomingGrainCallFilter
        => builder.ConfigureServices(services => services.AddIncomingGrainCallFilter<TImplementation>());

    /// <summary>Wraps the calls that reach the silo's grains.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IncomingGrainCallFilterDelegate filter)
        => builder.ConfigureServices(services => services.AddIncomingGrainCallFilter(filter));

    /// <summary>Wraps the calls that are sent from the silo's host and its grains.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddOutgoingGrainCallFilter(this ISiloBuilder builder, IOutgoingGrainCallFilter filter)
        => builder.ConfigureServices(services => services.AddOutgoingGrainCallFilter(filter));

    /// <summary>Wraps the calls that are sent from the silo's host and its grains.</summary>
    /// <typeparam name="TImplementation">The filter's class; one object is made for all calls.</typeparam>
    /// <param name="builder">The silo's builder.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddOutgoingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
        where TImplementation : class, IOutgoingGrainCallFilter
        => builder.ConfigureServices(services => services.AddOutgoingGrainCallFilter<TImplementation>());

    /// <summary>Wraps the calls that are sent from the silo's host and its grains.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The silo's builder.</returns>
    public static ISiloBuilder AddOutgoingGrainCallFilter(this ISiloBuilder builder, OutgoingGrainCallFilterDelegate filter)
        => builder.ConfigureServices(services => services.AddOutgoingGrainCallFilter(filter));

    /// <summary>Wraps the calls that are sent from a client.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The client's builder.</returns>
    public static IClientBuilder AddOutgoingGrainCallFilter(this IClientBuilder builder, IOutgoingGrainCallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOutgoingGrainCallFilter(filter);
        return builder;
    }

    /// <summary>Wraps the calls that are sent from a client.</summary>
    /// <typeparam name="TImplementation">The filter's class; one object is made for all calls.</typeparam>
    /// <param name="builder">The client's builder.</param>
    /// <returns>The client's builder.</returns>
    public static IClientBuilder AddOutgoingGrainCallFilter<TImplementation>(this IClientBuilder builder)
        where TImplementation : class, IOutgoingGrainCallFilter
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOutgoingGrainCallFilter<TImplementation>();
        return builder;
    }

    /// <summary>Wraps the calls that are sent from a client.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>The client's builder.</returns>
    public static IClientBuilder AddOutgoingGrainCallFilter(this IClientBuilder builder, OutgoingGrainCallFilterDelegate filter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOutgoingGrainCallFilter(filter);
        return builder;
    }

    private static IServiceCollection AddIncomingGrainCallFilter(this IServiceCollection services, IIncomingGrainCallFilter filter)
        => services.AddSingleton(filter);

    private static IServiceCollection AddIncomingGrainCallFilter<TImplementation>(this IServiceCollection services)
        where TImplementation : class, IIncomingGrainCallFilter
        => services.AddSingleton<IIncomingGrainCallFilter, TImplementation>();

    private static IServiceCollection AddIncomingGrainCallFilter(this IServiceCollection services, IncomingGrainCallFilterDelegate filter)
        => services.AddSingleton<IIncomingGrainCallFilter>(new DelegateIncomingFilter(filter));

    private static IServiceCollection AddOutgoingGrainCallFilter(this IServiceCollection services, IOutgoingGrainCallFilter filter)
        => services.AddSingleton(filter);

    private static IServiceCollection AddOutgoingGrainCallFilter<TImplementation>(this IServiceCollection services)
        where TImplementation : class, IOutgoingGrainCallFilter
        => services.AddSingleton<IOutgoingGrainCallFilter, TImplementation>();

    private static IServiceCollection AddOutgoingGrainCallFilter(this IServiceCollection services, OutgoingGrainCallFilterDelegate filter)
        => services.AddSingleton<IOutgoingGrainCallFilter>(new DelegateOutgoingFilter(filter));
}
