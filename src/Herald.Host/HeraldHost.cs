using Herald.Api;
using Herald.Api.Tenants;
using Herald.Delivery;
using Herald.Domain;
using Herald.Grains;
using Herald.Host.Keys;
using Herald.Host.Silo;
using Herald.Storage;
using Herald.Storage.Keys;
using Herald.Storage.Leases;
using Herald.Storage.Migrations;
using Herald.Webhooks;
using Herald.WhatsApp;

namespace Herald.Host;

/// <summary>Puts the parts together into one process: gRPC, webhooks, grains, delivery, on one database.</summary>
public static class HeraldHost
{
    /// <summary>The configuration section of everything that is Herald's own.</summary>
    public const string Section = "Herald";

    private static readonly TimeSpan FirstStartLease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstStartPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Builds the application from its configuration. Nothing runs and no database is touched yet.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = HeraldDatabaseOptions.Parse(builder.Configuration[$"{Section}:Database"] ?? "herald.db");
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IRandomSource, CryptoRandomSource>();
        services.AddSingleton<IIdSource, UuidV7Source>();
        services.AddSingleton(provider => CreateNodeName(provider.GetRequiredService<IRandomSource>()));
        services.AddHeraldStorage(database);
        // Before the hosted services that call grains: they start in this order.
        builder.UseHeraldSilo(database);
        services.AddHeraldKeys(builder.Configuration.GetSection($"{Section}:Keys"));
        services.AddWhatsApp(options => builder.Configuration.GetSection($"{Section}:{WhatsAppOptions.SectionName}").Bind(options));
        services.AddHeraldGrains(builder.Configuration.GetSection($"{Section}:Control"));
        services.AddHeraldDelivery(builder.Configuration.GetSection($"{Section}:Delivery"));
        services.AddHeraldWebhooks(builder.Configuration.GetSection($"{Section}:Webhooks"));
        services.AddHeraldApi(options => builder.Configuration.GetSection($"{Section}:Api").Bind(options));
        var app = builder.Build();
        app.MapHeraldApi();
        app.MapWhatsAppWebhooks();
        return app;
    }

    /// <summary>Brings the schema up to date and makes the system tenant and the first admin key, before anything listens.</summary>
    /// <exception cref="IdentityKeyException">The opt-outs of erased people can't be honoured; the host must not start.</exception>
    /// <returns>The first admin key if it was made now, the only time it is known; null when keys exist already.</returns>
    public static async Task<string?> PrepareAsync(WebApplication app, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        await services.GetRequiredService<IMigrator>().MigrateAsync(ct);
        await SiloSetup.CheckAsync(services, ct);
        var time = services.GetRequiredService<TimeProvider>();
        var lease = new LeaseHolder(services.GetRequiredService<ILeaseStore>(), time, "first-start",
            services.GetRequiredService<NodeName>().Value, FirstStartLease);
        // Of several nodes that start at once one makes the key, the others wait for it.
        while (!await lease.TryHoldAsync(ct))
            await Task.Delay(FirstStartPoll, time, ct);
        try
        {
            await services.GetRequiredService<IIdentityKey>().GetAsync(ct);
            return await services.GetRequiredService<FirstStart>().EnsureAsync(ct);
        }
        finally
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
    }

    private static NodeName CreateNodeName(IRandomSource random)
    {
        Span<byte> suffix = stackalloc byte[4];
        random.Fill(suffix);
        return new NodeName($"{Environment.MachineName}/{Environment.ProcessId}/{Convert.ToHexStringLower(suffix)}");
    }
}
