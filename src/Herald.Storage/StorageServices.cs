using Herald.Domain;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Keys;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Migrations;
using Herald.Storage.Portfolios;
using Herald.Storage.PostgreSql;
using Herald.Storage.Repair;
using Herald.Storage.Requests;
using Herald.Storage.Sqlite;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.Storage.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Herald.Storage;

/// <summary>Registers storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers the database, its signals, the migrator and all stores as singletons. Needs logging and an <see cref="IIdentityKey"/>; takes
    /// <see cref="TimeProvider"/>, randomness and ids from the services, else the system's. Connects to nothing yet.
    /// </summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IServiceCollection AddHeraldStorage(this IServiceCollection services, HeraldDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource, CryptoRandomSource>();
        services.TryAddSingleton<IIdSource, UuidV7Source>();
        services.TryAddSingleton(options);
        services.TryAddSingleton<IMigrator, Migrator>();
        AddStores(services);
        if (options.Provider == DatabaseProvider.PostgreSql)
        {
            services.TryAddSingleton<IDatabase, PostgreSqlDatabase>();
            services.TryAddSingleton<IDatabaseSignals, PostgreSqlSignals>();
            services.TryAddSingleton<IMigrationDialect, PostgreSqlMigrationDialect>();
            services.TryAddSingleton<IDialect, PostgreSqlDialect>();
            services.TryAddSingleton<IInboxInserts, PostgreSqlInboxInserts>();
            services.TryAddSingleton<IMessageBatches, PostgreSqlMessageBatches>();
            services.TryAddSingleton<ICampaignAudience, PostgreSqlCampaignAudience>();
            services.TryAddSingleton<IContactImports, PostgreSqlContactImports>();
        }
        else
        {
            services.TryAddSingleton<IDatabase, SqliteDatabase>();
            services.TryAddSingleton<IDatabaseSignals, SqliteSignals>();
            services.TryAddSingleton<IMigrationDialect, SqliteMigrationDialect>();
            services.TryAddSingleton<IDialect, SqliteDialect>();
            services.TryAddSingleton<IInboxInserts, SqliteInboxInserts>();
            services.TryAddSingleton<IMessageBatches, SqliteMessageBatches>();
            services.TryAddSingleton<ICampaignAudience, SqliteCampaignAudience>();
            services.TryAddSingleton<IContactImports, SqliteContactImports>();
        }
        return services;
    }

    private static void AddStores(IServiceCollection services)
    {
        services.TryAddSingleton<ITenantStore, TenantStore>();
        services.TryAddSingleton<IApiKeyStore, ApiKeyStore>();
        services.TryAddSingleton<ISenderStore, SenderStore>();
        services.TryAddSingleton<ISenderPaceStore, SenderPaceStore>();
        services.TryAddSingleton<IOwnerStore, OwnerStore>();
        services.TryAddSingleton<ITemplateStore, TemplateStore>();
        services.TryAddSingleton<IContactStore, ContactStore>();
        services.TryAddSingleton<IContactReachStore, ContactReachStore>();
        services.TryAddSingleton<IContactListStore, ContactListStore>();
        services.TryAddSingleton<Suppressions>();
        services.TryAddSingleton<PortfolioGate>();
        services.TryAddSingleton<IPortfolioStore, PortfolioStore>();
        services.TryAddSingleton<IConsentStore, ConsentStore>();
        services.TryAddSingleton<CampaignMemory>();
        services.TryAddSingleton<ICampaignStore, CampaignStore>();
        services.TryAddSingleton<IMessageStore, MessageStore>();
        services.TryAddSingleton<ISendStore, SendStore>();
        services.TryAddSingleton<IStoryStore, StoryStore>();
        services.TryAddSingleton<IRepairStore, RepairStore>();
        services.TryAddSingleton<IWebhookInbox, WebhookInbox>();
        services.TryAddSingleton<ILeaseStore, LeaseStore>();
        services.TryAddSingleton<IIdempotencyStore, IdempotencyStore>();
        services.TryAddSingleton<IAuditStore, AuditStore>();
        services.TryAddSingleton<IIdentityKeyStore, IdentityKeyStore>();
        services.TryAddSingleton<IDataProtectionKeyStore, DataProtectionKeyStore>();
    }
}
