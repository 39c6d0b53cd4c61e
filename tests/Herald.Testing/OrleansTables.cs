using Herald.Storage;
using Npgsql;

namespace Herald.Testing;

/// <summary>
/// The tables that nodes on one PostgreSQL need beside Herald's own where the host runs on an Orleans cluster. Another host leaves them
/// alone; on SQLite the host makes its own.
/// </summary>
public static class OrleansTables
{
    private const string Script = "Herald.Testing.orleans.postgresql.sql";

    /// <summary>Makes them in a test's database, before its first host starts.</summary>
    public static async Task CreateAsync(TestDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.Options.Provider == DatabaseProvider.PostgreSql)
            await ExecuteAsync(database, await ReadAsync());
    }

    /// <summary>Makes them in an empty PostgreSQL database.</summary>
    public static async Task CreateAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = await ReadAsync();
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a script in one transaction.</summary>
    public static Task ExecuteAsync(TestDatabase database, string script)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Get<IDatabase>().WriteAsync(
            async (connection, transaction) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = script;
                return await command.ExecuteNonQueryAsync();
            },
            CancellationToken.None);
    }

    private static async Task<string> ReadAsync()
    {
        await using var stream = typeof(OrleansTables).Assembly.GetManifestResourceStream(Script)
            ?? throw new InvalidOperationException($"{Script} is not embedded.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
