using System.Globalization;
using System.Net;
using System.Text.Json;
using Herald.Grains;
using Herald.Storage;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace Herald.Host.Silo;

/// <summary>
/// The silo on Orleans: nodes on one PostgreSQL form a cluster through ADO.NET clustering and persistence, on the tables of Orleans' own
/// scripts; on SQLite there is one node.
/// </summary>
internal static class SiloSetup
{
    private const string PostgreSqlInvariant = "Npgsql";
    // What Orleans calls Microsoft.Data.Sqlite.
    private const string SqliteInvariant = "System.Data.SQLite";
    private const string Cluster = "herald";
    private const int MailboxMax = 10_000;
    private const int ConnectionsMax = 10;
    private const int DefaultSiloPort = 11_111;
    private const int DefaultGatewayPort = 30_000;
    private static readonly string[] PostgreSqlTables = ["OrleansQuery", "OrleansStorage", "OrleansMembershipVersionTable", "OrleansMembershipTable"];

    public static void UseHeraldSilo(this WebApplicationBuilder builder, HeraldDatabaseOptions database)
    {
        var section = builder.Configuration.GetSection($"{HeraldHost.Section}:Silo");
        var siloPort = section.GetValue("SiloPort", DefaultSiloPort);
        var gatewayPort = section.GetValue("GatewayPort", DefaultGatewayPort);
        var connection = ConnectionString(database);
        builder.UseOrleans(silo =>
        {
            if (database.Provider == DatabaseProvider.PostgreSql)
            {
                silo.UseAdoNetClustering(options =>
                {
                    options.Invariant = PostgreSqlInvariant;
                    options.ConnectionString = connection;
                });
                silo.Configure<ClusterOptions>(options =>
                {
                    options.ClusterId = Cluster;
                    options.ServiceId = Cluster;
                });
                if (section["Address"] is { Length: > 0 } address)
                    silo.ConfigureEndpoints(IPAddress.Parse(address), siloPort, gatewayPort);
                else
                    silo.ConfigureEndpoints(siloPort, gatewayPort);
            }
            else
            {
                silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: Cluster, clusterId: Cluster);
            }
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = MailboxMax);
            silo.AddAdoNetGrainStorage(HeraldGrainStorage.Name, options =>
            {
                options.Invariant = database.Provider == DatabaseProvider.PostgreSql ? PostgreSqlInvariant : SqliteInvariant;
                options.ConnectionString = connection;
                options.GrainStorageSerializer = new JsonStateSerializer();
            });
            silo.AddHeraldCallFilters();
        });
    }

    /// <summary>
    /// Says which tables of Orleans' scripts are missing on PostgreSQL, before Orleans fails on them. On SQLite, where this node is the only
    /// one, makes what it lacks.
    /// </summary>
    /// <exception cref="InvalidOperationException">A table is missing; the message names it and the script.</exception>
    public static async Task CheckAsync(IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<IDatabase>();
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            await database.WriteAsync(
                async (connection, transaction) =>
                {
                    await using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = await SqliteTables.ReadScriptAsync(ct);
                    return await command.ExecuteNonQueryAsync(ct);
                },
                ct);
            return;
        }
        await using var connection = await database.OpenAsync(ct);
        foreach (var table in PostgreSqlTables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM information_schema.tables WHERE lower(table_name) = lower(@table)";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("table", table);
            command.Parameters.Add(parameter);
            if (Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture) == 0)
            {
                throw new InvalidOperationException(
                    $"The table {table} is missing: run Orleans' ADO.NET scripts PostgreSQL-Main.sql, PostgreSQL-Persistence.sql and "
                    + "PostgreSQL-Clustering.sql on this database first.");
            }
        }
    }

    /// <summary>Orleans pools connections of its own beside Herald's; few are enough.</summary>
    private static string ConnectionString(HeraldDatabaseOptions database) => database.Provider == DatabaseProvider.PostgreSql
        ? new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = ConnectionsMax }.ConnectionString
        : database.ConnectionString;

    /// <summary>States as plain JSON of all their properties; Orleans' default leaves out what has its type's default value.</summary>
    private sealed class JsonStateSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

        public T Deserialize<T>(BinaryData input) =>
            JsonSerializer.Deserialize<T>(input.ToMemory().Span) ?? throw new InvalidDataException("A stored state is empty.");
    }
}
