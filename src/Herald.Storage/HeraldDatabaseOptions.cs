using Microsoft.Data.Sqlite;
using Npgsql;

namespace Herald.Storage;

/// <summary>Which database to use and how.</summary>
public sealed class HeraldDatabaseOptions
{
    /// <summary>Default of <see cref="MaxPoolSize"/>.</summary>
    public const int DefaultMaxPoolSize = 20;

    /// <summary>Default of <see cref="CommandTimeoutSeconds"/>.</summary>
    public const int DefaultCommandTimeoutSeconds = 30;

    /// <summary>The kind of database.</summary>
    public required DatabaseProvider Provider { get; init; }

    /// <summary>The ADO.NET connection string of that kind. It may hold a password: never log it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// Most connections this process opens to PostgreSQL, from 2 to 1,000; default 20. Each costs the server some megabytes, and the
    /// sum over all nodes must stay below its max_connections. One more is used for listening. No effect on SQLite.
    /// </summary>
    public int MaxPoolSize { get; init; } = DefaultMaxPoolSize;

    /// <summary>Longest time of one statement in seconds, from 1 to 600; default 30. On SQLite the longest wait for another process' lock.</summary>
    public int CommandTimeoutSeconds { get; init; } = DefaultCommandTimeoutSeconds;

    /// <summary>
    /// Reads what a person writes: "postgres://user:password@host:port/database" or a string with "Host=" is PostgreSQL; anything else is
    /// SQLite, as a file path or as "Data Source=…".
    /// </summary>
    /// <exception cref="ArgumentException">The text is blank, or no valid connection string of its kind.</exception>
    public static HeraldDatabaseOptions Parse(string connection)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        var text = connection.Trim();
        if (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = FromUri(new Uri(text)) };
        if (text.Contains("Host=", StringComparison.OrdinalIgnoreCase))
            return new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = new NpgsqlConnectionStringBuilder(text).ConnectionString };

        var sqlite = text.Contains("Data Source=", StringComparison.OrdinalIgnoreCase) || text.Contains("DataSource=", StringComparison.OrdinalIgnoreCase)
            ? new SqliteConnectionStringBuilder(text)
            : new SqliteConnectionStringBuilder { DataSource = text };
        return new() { Provider = DatabaseProvider.Sqlite, ConnectionString = sqlite.ConnectionString };
    }

    /// <summary>Throws for a value out of its range.</summary>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionString);
        if (MaxPoolSize is < 2 or > 1000)
            throw new ArgumentException($"{nameof(MaxPoolSize)} is {MaxPoolSize}; it must be from 2 to 1,000.");
        if (CommandTimeoutSeconds is < 1 or > 600)
            throw new ArgumentException($"{nameof(CommandTimeoutSeconds)} is {CommandTimeoutSeconds}; it must be from 1 to 600.");
    }

    private static string FromUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (uri.Port > 0)
            builder.Port = uri.Port;
        var credentials = uri.UserInfo.Split(':', 2);
        if (credentials[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(credentials[0]);
        if (credentials.Length == 2)
            builder.Password = Uri.UnescapeDataString(credentials[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        }
        return builder.ConnectionString;
    }
}
