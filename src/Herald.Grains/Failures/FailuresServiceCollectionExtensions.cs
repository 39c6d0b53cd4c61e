using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Herald.Grains.Failures;

/// <summary>Registers the reactions to failed sends.</summary>
public static class FailuresServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IFailureReactions"/>, <see cref="ICampaignHalts"/> and <see cref="ISenderStates"/>, which delivery and webhooks share. Needs storage, grains, an <c>ISecretProtector</c>, an id source and a random source.
    /// </summary>
    public static IServiceCollection AddHeraldFailureReactions(this IServiceCollection services)
    {
        services.AddOptions<FailureOptions>()
            .Validate(options => options.AttemptsMax is >= 1 and <= 20, "Herald:Delivery:AttemptsMax must be 1 to 20.")
            .ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton<FailureMeter>();
        services.TryAddSingleton<FailureAudit>();
        services.TryAddSingleton<FatePolicy>();
        services.TryAddSingleton<SenderTokenGroups>();
        services.TryAddSingleton<OwnerNotices>();
        services.TryAddSingleton<CampaignStops>();
        services.TryAddSingleton<ICampaignHalts>(provider => provider.GetRequiredService<CampaignStops>());
        services.TryAddSingleton<TemplateStops>();
        services.TryAddSingleton<SenderStops>();
        services.TryAddSingleton<ISenderStates>(provider => provider.GetRequiredService<SenderStops>());
        services.TryAddSingleton<IFailureReactions, FailureReactions>();
        return services;
    }
}
