using System.Net;
using Herald.WhatsApp.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.WhatsApp;

/// <summary>Registers the client of Meta's Cloud API.</summary>
public static class WhatsAppServiceCollectionExtensions
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Registers <see cref="IWhatsAppClient"/> and checks its options at start. The client may be held for the life of the process: connections are
    /// renewed every five minutes, so that a change of address is followed.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, in addition to what other calls bind; null adds nothing.</param>
    /// <returns>The builder of the underlying HTTP client.</returns>
    public static IHttpClientBuilder AddWhatsApp(this IServiceCollection services, Action<WhatsAppOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ManagementBudget>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsAppOptions>, WhatsAppOptionsValidator>());
        var options = services.AddOptions<WhatsAppOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);

        return services.AddHttpClient<IWhatsAppClient, WhatsAppClient>(ConfigureClient)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own log lines carry addresses, which hold tokens in their queries.
            .RemoveAllLoggers();
    }

    private static void ConfigureClient(IServiceProvider services, HttpClient client)
    {
        client.BaseAddress = services.GetRequiredService<IOptions<WhatsAppOptions>>().Value.BaseAddress;
        // The client measures the time itself, to tell a timeout from a cancellation.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version11;
    }

    private static SocketsHttpHandler CreateHandler(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<WhatsAppOptions>>().Value;
        return new SocketsHttpHandler
        {
            // A followed redirect would post the message a second time.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.ConnectionsMax,
            PooledConnectionLifetime = ConnectionLifetime,
        };
    }
}
