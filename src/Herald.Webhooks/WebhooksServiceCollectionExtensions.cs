using Herald.Grains.Failures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

/// <summary>Registers the webhook edge.</summary>
public static class WebhooksServiceCollectionExtensions
{
    /// <summary>
    /// Adds receiving, processing and purging of webhooks. Needs storage, grains, a <c>NodeName</c> and an id source. Map the endpoint with
    /// <see cref="WebhookEndpoints.MapWhatsAppWebhooks"/>.
    /// </summary>
    public static IServiceCollection AddHeraldWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.AddHeraldFailureReactions();
        services.TryAddSingleton<WebhookReceiver>();
        services.TryAddSingleton<SenderDirectory>();
        services.TryAddSingleton<TenantKeywords>();
        services.TryAddSingleton<StatusHandler>();
        services.TryAddSingleton<InboundHandler>();
        services.TryAddSingleton<PreferenceHandler>();
        services.TryAddSingleton<TemplateStatusHandler>();
        services.TryAddSingleton<StopBarrier>();
        services.TryAddSingleton<AccountHandler>();
        services.TryAddSingleton<PortfolioLimitHandler>();
        services.TryAddSingleton<InboundCounts>();
        services.TryAddSingleton<InboxRound>();
        services.AddHostedService<InboxProcessor>();
        services.AddHostedService<InboxPurger>();
        return services;
    }
}
