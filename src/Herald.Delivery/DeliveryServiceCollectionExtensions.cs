using Herald.Delivery.Campaigns;
using Herald.Delivery.Messages;
using Herald.Delivery.Senders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Delivery;

/// <summary>Registers delivery.</summary>
public static class DeliveryServiceCollectionExtensions
{
    /// <summary>
    /// Adds the sender dispatcher, the campaign runner and the janitor as hosted services. Needs storage, the WhatsApp client, grains,
    /// an <c>ISecretProtector</c>, a <c>NodeName</c>, an id source and a random source.
    /// </summary>
    public static IServiceCollection AddHeraldDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeliveryOptions>().Bind(configuration).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>());
        services.TryAddSingleton<SenderTokens>();
        services.TryAddSingleton<MessageComposer>();
        services.TryAddSingleton<StorageRetry>();
        services.TryAddSingleton<Settlements>();
        services.TryAddSingleton<Reactions>();
        services.TryAddSingleton<GraceTimes>();
        services.TryAddSingleton<MessageDispatch>();
        services.TryAddSingleton<SenderWorkerFactory>();
        services.AddHostedService<SenderDispatcher>();
        services.AddHostedService<CampaignRunner>();
        services.AddHostedService<Janitor>();
        return services;
    }
}
