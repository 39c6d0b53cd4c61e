using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Herald.Grains.Portfolios;

/// <summary>Registers what keeps the limits of business portfolios.</summary>
public static class PortfoliosServiceCollectionExtensions
{
    /// <summary>Adds <see cref="PortfolioKeeper"/>, which the API and delivery share. Needs storage, the WhatsApp client and a <c>TimeProvider</c>.</summary>
    public static IServiceCollection AddHeraldPortfolios(this IServiceCollection services)
    {
        services.AddOptions<PortfolioOptions>()
            .Validate(options => options.TransactionalReservePercent is >= 0 and <= 90, "Herald:Delivery:TransactionalReservePercent must be 0 to 90.")
            .ValidateOnStart();
        services.TryAddSingleton<PortfolioKeeper>();
        return services;
    }
}
