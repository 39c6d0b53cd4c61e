using Herald.Storage.Migrations;
using Herald.Storage.PostgreSql;
using Herald.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Herald.Storage;

/// <summary>Registers storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers the database, its signals, the migrator and all stores as singletons. Needs logging; takes <see cref="TimeProvider"/> from the
    /// services, else the system's. Connects to nothing yet.
    /// </summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IServiceCollection AddHeraldStorage(this IServiceCollection services, HeraldDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton<IMigrator, Migrator>();
        if (options.Provider == DatabaseProvider.PostgreSql)
        {
            services.TryAddSingleton<IDatabase, PostgreSqlDatabase>();
            services.TryAddSingleton<IDatabaseSignals, PostgreSqlSignals>();
            services.TryAddSingleton<IMigrationDialect, PostgreSqlMigrationDialect>();
        }
        else
        {
            services.TryAddSingleton<IDatabase, SqliteDatabase>();
            services.TryAddSingleton<IDatabaseSignals, SqliteSignals>();
            services.TryAddSingleton<IMigrationDialect, SqliteMigrationDialect>();
        }
        return services;
    }
}
