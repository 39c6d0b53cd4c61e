using Herald.Grains.Control;
using Herald.Grains.Messages;
using Herald.Grains.Secrets;
using Herald.Storage.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Grains;

/// <summary>Registers what grains need besides storage.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of the control channel's grains, and the key of storage's suppressions, which needs an <see cref="ISecretProtector"/>. The silo
    /// itself is set up by the host.
    /// </summary>
    public static IServiceCollection AddHeraldGrains(this IServiceCollection services, IConfiguration control)
    {
        services.AddOptions<ControlOptions>().Bind(control)
            .Validate(options => options.UndoWindow >= TimeSpan.Zero && options.UndoWindow <= TimeSpan.FromHours(1),
                "Herald:Control:UndoWindow must be 0 to 1 h.")
            .Validate(options => Domain.Control.ControlConversation.Languages.Contains(options.FallbackLanguage),
                "Herald:Control:FallbackLanguage must be en, es or pt.")
            .ValidateOnStart();
        services.AddOptions<LifetimeOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LifetimeOptions>, LifetimeOptionsValidator>());
        services.TryAddSingleton<IIdentityKey, StoredIdentityKey>();
        services.TryAddSingleton<CampaignCards>();
        services.TryAddSingleton<ControlErrands>();
        return services;
    }
}
