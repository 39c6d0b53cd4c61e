using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Herald.Grains.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Herald.Host.Keys;

internal static class KeysServiceCollectionExtensions
{
    /// <summary>ASP.NET Data Protection with its key ring in the database, encrypted by a certificate if one is configured.</summary>
    /// <exception cref="InvalidOperationException">A certificate cannot be read or has no private key; says which setting.</exception>
    public static IServiceCollection AddHeraldKeys(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Get<KeyRingOptions>() ?? new KeyRingOptions();
        var certificates = options.Certificates.Select((certificate, at) => Load(certificate, $"{configuration.Path()}:Certificates:{at}")).ToArray();
        var ring = services.AddDataProtection().SetApplicationName("herald");
        if (certificates.Length > 0)
            ring.ProtectKeysWithCertificate(certificates[0]).UnprotectKeysWithAnyCertificate(certificates);
        services.TryAddSingleton<IXmlRepository, DatabaseXmlRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
        services.TryAddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        return services;
    }

    private static string Path(this IConfiguration configuration) => (configuration as IConfigurationSection)?.Path ?? "";

    private static X509Certificate2 Load(KeyRingCertificate settings, string section)
    {
        try
        {
            var certificate = settings switch
            {
                { Path.Length: 0 } => throw new InvalidOperationException($"{section}:Path is empty: name a certificate file."),
                { KeyPath: null } => X509CertificateLoader.LoadPkcs12FromFile(settings.Path, settings.Password),
                { Password: null } => X509Certificate2.CreateFromPemFile(settings.Path, settings.KeyPath),
                _ => X509Certificate2.CreateFromEncryptedPemFile(settings.Path, settings.Password, settings.KeyPath),
            };
            // The key ring is encrypted by XML encryption, which takes RSA only.
            return certificate.HasPrivateKey && certificate.GetRSAPrivateKey() is not null
                ? certificate
                : throw new InvalidOperationException($"{section} has no RSA private key: the key ring could not be read again.");
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidOperationException($"{section} cannot be read: {error.Message}", error);
        }
    }
}
