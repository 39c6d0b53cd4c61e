using System.Data.Common;
using Herald.Grains;
using Herald.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Herald.Host.Silo;

/// <summary>The silo on the stand-in: each node activates grains of its own, and the shared database arbitrates their writes.</summary>
internal static class SiloSetup
{
    private const string PostgreSqlInvariant = "Npgsql";
    private const string SqliteInvariant = "System.Data.SQLite";
    private const int MailboxMax = 10_000;

    public static void UseHeraldSilo(this WebApplicationBuilder builder, HeraldDatabaseOptions database)
    {
        DbProviderFactories.RegisterFactory(PostgreSqlInvariant, NpgsqlFactory.Instance);
        DbProviderFactories.RegisterFactory(SqliteInvariant, SqliteFactory.Instance);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = MailboxMax);
            silo.AddAdoNetGrainStorage(HeraldGrainStorage.Name, options =>
            {
                options.Invariant = database.Provider == DatabaseProvider.PostgreSql ? PostgreSqlInvariant : SqliteInvariant;
                options.ConnectionString = database.ConnectionString;
            });
            silo.AddHeraldCallFilters();
        });
    }

    /// <summary>Nothing to check: Herald's own migrations make the table.</summary>
    public static Task CheckAsync(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;
}
