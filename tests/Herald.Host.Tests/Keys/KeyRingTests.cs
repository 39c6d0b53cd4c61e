using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Herald.Grains.Secrets;
using Herald.Host.Keys;
using Herald.Storage;
using Herald.Storage.Keys;
using Herald.Testing;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Host.Tests.Keys;

/// <summary>Where the keys that encrypt tokens are kept, and who can read them.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("herald-keys-").FullName;
    private TestDatabase? _database;

    private IDataProtectionKeyStore Store => _database!.Get<IDataProtectionKeyStore>();

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

    public async Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_certificate_the_key_ring_lies_in_the_database_as_it_is()
    {
        await using var host = Host();

        host.GetRequiredService<ISecretProtector>().Protect("token");

        Assert.Contains("<masterKey", Assert.Single(await Store.GetAllAsync(default)).Xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_certificate_only_its_holders_can_read_the_ring(bool isPkcs12)
    {
        var first = Certificate("first", isPkcs12);
        byte[] cipher;
        await using (var host = Host(first))
            cipher = host.GetRequiredService<ISecretProtector>().Protect("token");

        var xml = Assert.Single(await Store.GetAllAsync(default)).Xml;
        Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal);
        Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
        await using var again = Host(first);
        Assert.Equal("token", again.GetRequiredService<ISecretProtector>().Unprotect(cipher));
        await using var stranger = Host(Certificate("second", isPkcs12));
        Assert.ThrowsAny<CryptographicException>(() => stranger.GetRequiredService<ISecretProtector>().Unprotect(cipher));
        await using var changed = Host(Certificate("third", isPkcs12), first);
        Assert.Equal("token", changed.GetRequiredService<ISecretProtector>().Unprotect(cipher));
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_is_named_by_its_setting()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Host(new Dictionary<string, string?> { ["Path"] = "/does/not/exist.pfx" }));

        Assert.StartsWith("Herald:Keys:Certificates:0 cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_a_private_key_is_refused()
    {
        using var certificate = SelfSigned("public");
        var path = Path.Combine(_folder, "public.pfx");
        using var bare = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        File.WriteAllBytes(path, bare.Export(X509ContentType.Pkcs12));

        var error = Assert.Throws<InvalidOperationException>(() => Host(new Dictionary<string, string?> { ["Path"] = path }));

        Assert.Contains("no RSA private key", error.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Host(params Dictionary<string, string?>[] certificates)
    {
        var settings = certificates.SelectMany((certificate, at) => certificate.Select(one =>
            KeyValuePair.Create($"Herald:Keys:Certificates:{at}:{one.Key}", one.Value)));
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IXmlRepository>(new DatabaseXmlRepository(Store));
        return services
            .AddHeraldKeys(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Herald:Keys"))
            .BuildServiceProvider();
    }

    private Dictionary<string, string?> Certificate(string name, bool isPkcs12)
    {
        using var certificate = SelfSigned(name);
        var path = Path.Combine(_folder, name + (isPkcs12 ? ".pfx" : ".pem"));
        if (isPkcs12)
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, "secret"));
            return new Dictionary<string, string?> { ["Path"] = path, ["Password"] = "secret" };
        }
        var key = Path.Combine(_folder, name + ".key");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(key, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return new Dictionary<string, string?> { ["Path"] = path, ["KeyPath"] = key };
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var rsa = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
