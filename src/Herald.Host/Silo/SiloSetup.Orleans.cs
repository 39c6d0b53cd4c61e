using System.Data.Common;
using Herald.Grains;
using Herald.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Herald.Host.Silo;

/// <summary>
/// The silo on Orleans: nodes on one PostgreSQL form a cluster through ADO.NET clustering and persistence, on the tables of Orleans' own
/// scripts; on SQLite there is one node.
/// </summary>
internal static class SiloSetup
{
    private const string PostgreSqlInvariant = "Npgsql";
    private const int MailboxMax = 10_000;
    private const string SqliteInvariant = "System.Data.SQLite";

    public static void UseHeraldSilo(this WebApplicationBuilder builder, HeraldDatabaseOptions database)
    {
        DbProviderFactories.RegisterFactory(PostgreSqlInvariant, NpgsqlFactory.Instance);
        DbProviderFactories.RegisterFactory(SqliteInvariant, SqliteFactory.Instance);
        builder.UseOrleans(silo =>
        {
            if (database.Provider == DatabaseProvider.PostgreSql)
            {
                silo.UseAdoNetClustering(options =>
                {
                    options.Invariant = PostgreSqlInvariant;
                    options.ConnectionString = database.ConnectionString;
                });
                silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("herald", "herald"));
                var section = builder.Configuration.GetSection($"{HeraldHost.Section}:Silo");
                silo.ConfigureEndpoints(section.GetValue("SiloPort", 11_111), section.GetValue("GatewayPort", 30_000));
            }
            else
            {
                silo.UseLocalhostClustering();
            }
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = MailboxMax);
            silo.AddAdoNetGrainStorage(HeraldGrainStorage.Name, options =>
            {
                options.Invariant = database.Provider == DatabaseProvider.PostgreSql ? PostgreSqlInvariant : SqliteInvariant;
                options.ConnectionString = database.ConnectionString;
            });
            silo.AddOutgoingGrainCallFilter<InconsistentStateRetryFilter>();
        });
    }

    /// <summary>Says which tables of Orleans' scripts are missing, before Orleans fails on them.</summary>
    /// <exception cref="InvalidOperationException">A table is missing; the message names it and the script.</exception>
    public static async Task CheckAsync(IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<IDatabase>();
        string[] tables = database.Provider == DatabaseProvider.PostgreSql
            ? ["OrleansQuery", "OrleansStorage", "OrleansMembershipTable"]
            : ["OrleansQuery", "OrleansStorage"];
        await using var connection = await database.OpenAsync(ct);
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = database.Provider == DatabaseProvider.PostgreSql
                ? "SELECT count(*) FROM information_schema.tables WHERE lower(table_name) = lower(@table)"
                : "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(@table)";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("table", table);
            command.Parameters.Add(parameter);
            if (Convert.ToInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture) == 0)
                {
                throw new InvalidOperationException(
                    $"The table {table} is missing: run Orleans' ADO.NET scripts (Main, Persistence, and on PostgreSQL Clustering) on this database first.");
            }
        }
    }
}
