using Herald.Api.Calls;
using Herald.Api.Campaigns;
using Herald.Api.Contacts.Import;
using Herald.Api.Interceptors;
using Herald.Api.Messages.Sending;
using Herald.Api.Templates;
using Herald.Api.Tenants;
using Herald.Grains.Portfolios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Api;

/// <summary>Registers the gRPC services.</summary>
public static class ApiServiceCollectionExtensions
{
    /// <summary>
    /// Registers the services, their interceptors, health with a check of the database, and reflection. Needs storage, the WhatsApp client, a
    /// grain factory, an <see cref="Grains.Secrets.ISecretProtector"/>, an <see cref="Domain.IIdSource"/>, an <see cref="Domain.IRandomSource"/> and logging.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, in addition to what other calls bind; null adds nothing.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHeraldApi(this IServiceCollection services, Action<HeraldApiOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HeraldApiOptions>, HeraldApiOptionsValidator>());
        var options = services.AddOptions<HeraldApiOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        AddFeatures(services);
        AddInterceptors(services);
        services.AddGrpcHealthChecks().AddCheck<DatabaseHealthCheck>("database");
        services.AddGrpcReflection();
        return services;
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.TryAddSingleton<ApiKeyAuthenticator>();
        services.TryAddSingleton<ApiKeyIssuer>();
        services.TryAddSingleton<FirstStart>();
        services.TryAddSingleton<CallRates>();
        services.AddHostedService<RequestJanitor>();
        services.TryAddSingleton<SenderConnector>();
        services.AddHeraldPortfolios();
        services.TryAddSingleton<WabaTokens>();
        services.TryAddSingleton<TemplateSubmission>();
        services.TryAddSingleton<TemplateSync>();
        services.TryAddSingleton<LiveCampaigns>();
        services.TryAddSingleton<CampaignReferences>();
        services.TryAddSingleton<CampaignWatch>();
        // One for all calls: it keeps what it answered.
        services.TryAddSingleton<CampaignsRpc>();
        services.TryAddSingleton<ContactImporter>();
        services.TryAddSingleton<MessageSender>();
    }

    private static void AddInterceptors(IServiceCollection services)
    {
        services.TryAddSingleton<ErrorInterceptor>();
        services.TryAddSingleton<AuthenticationInterceptor>();
        services.TryAddSingleton<TenantInterceptor>();
        services.TryAddSingleton<RequestIdInterceptor>();
        services.TryAddSingleton<AuditInterceptor>();
        // The first is the outermost.
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<AuthenticationInterceptor>();
            grpc.Interceptors.Add<TenantInterceptor>();
            grpc.Interceptors.Add<RequestIdInterceptor>();
            grpc.Interceptors.Add<AuditInterceptor>();
        });
    }
}
