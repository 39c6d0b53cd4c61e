using Herald.Grains.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Host.Keys;

internal static class KeysServiceCollectionExtensions
{
    /// <summary>ASP.NET Data Protection with its key ring in the database.</summary>
    public static IServiceCollection AddHeraldKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("herald");
        services.TryAddSingleton<IXmlRepository, DatabaseXmlRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
        services.TryAddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        return services;
    }
}
