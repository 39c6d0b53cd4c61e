using Herald.Delivery.Campaigns;
using Herald.Delivery.Messages;
using Herald.Delivery.Recovery;
using Herald.Delivery.Senders;
using Herald.Grains.Failures;
using Herald.Grains.Messages;
using Herald.Grains.Portfolios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Delivery;

/// <summary>Registers delivery.</summary>
public static class DeliveryServiceCollectionExtensions
{
    /// <summary>
    /// Adds the sender dispatcher, the watch over queues, the keepers of paces and levels, the campaign runner, the janitor and the recovery of
    /// senders as hosted services. Needs storage, the WhatsApp client, grains, an <c>ISecretProtector</c>, a <c>NodeName</c>, an id source and a
    /// random source.
    /// </summary>
    public static IServiceCollection AddHeraldDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeliveryOptions>().Bind(configuration).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>());
        services.AddHeraldFailureReactions();
        services.AddOptions<FailureOptions>().Bind(configuration);
        services.AddOptions<LifetimeOptions>().Bind(configuration);
        services.AddHeraldPortfolios();
        services.AddOptions<PortfolioOptions>().Bind(configuration);
        services.TryAddSingleton<SenderTokens>();
        services.TryAddSingleton<MessageComposer>();
        services.TryAddSingleton<StorageRetry>();
        services.TryAddSingleton<Settlements>();
        services.TryAddSingleton<Reactions>();
        services.TryAddSingleton<GraceTimes>();
        services.TryAddSingleton<MessageDispatch>();
        services.TryAddSingleton<NodeShares>();
        services.TryAddSingleton<OwnedSenders>();
        services.TryAddSingleton<SenderWorkerFactory>();
        services.TryAddSingleton<QueueWatch>();
        services.TryAddSingleton<PaceKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<PaceKeeper>());
        services.AddHostedService<LevelKeeper>();
        services.AddHostedService<SenderDispatcher>();
        services.AddHostedService<CampaignRunner>();
        services.AddHostedService<Janitor>();
        services.AddHostedService<SenderRecovery>();
        return services;
    }
}
