using System.Data.Common;
using Herald.Host.Silo;
using Herald.Storage;
using Herald.Testing;
using Npgsql;

namespace Herald.Host.Tests.Silo;

/// <summary>
/// The tables that a silo on Orleans needs beside Herald's own. A host that runs on them finds them in every database of these tests;
/// another leaves them alone.
/// </summary>
internal static class OrleansTables
{
    private const string PostgreSqlScript = "Herald.Host.Tests.Silo.orleans.postgresql.sql";

    /// <summary>Makes them in a database of a test.</summary>
    public static async Task CreateAsync(TestDatabase database)
    {
        var script = database.Options.Provider == DatabaseProvider.PostgreSql
            ? await ReadAsync(PostgreSqlScript)
            : await SqliteTables.ReadScriptAsync(default);
        await database.Get<IDatabase>().WriteAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = script;
                return await command.ExecuteNonQueryAsync();
            },
            default);
    }

    /// <summary>Makes them in a PostgreSQL database.</summary>
    public static async Task CreateAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = await ReadAsync(PostgreSqlScript);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The statement under a key.</summary>
    public static async Task<string> QueryAsync(DbConnection connection, string key)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("key", key);
        command.Parameters.Add(parameter);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> ReadAsync(string resource)
    {
        await using var stream = typeof(OrleansTables).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
