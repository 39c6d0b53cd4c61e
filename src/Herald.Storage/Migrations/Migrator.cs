using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace Herald.Storage.Migrations;

/// <summary>Applies the embedded scripts. Each runs in one transaction that first takes the lock and then looks what is missing.</summary>
internal sealed class Migrator(IDatabase database, IMigrationDialect dialect, TimeProvider time) : IMigrator
{
    private const string CreateTableSql =
        "CREATE TABLE IF NOT EXISTS schema_migrations (version integer NOT NULL PRIMARY KEY, name text NOT NULL, apply_time bigint NOT NULL)";

    private const string InsertSql = "INSERT INTO schema_migrations (version, name, apply_time) VALUES (@Version, @Name, @ApplyTime)";

    private const string VersionSql = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

    private readonly List<(int Version, string Name, string Resource)> _scripts = FindScripts(dialect.Folder);

    public async Task<int> MigrateAsync(CancellationToken ct)
    {
        var (databaseVersion, binaryVersion) = await VersionsAsync(ct);
        if (databaseVersion > binaryVersion)
            throw new DatabaseTooNewException(databaseVersion, binaryVersion);

        var applied = 0;
        while (await database.WriteAsync((connection, transaction) => ApplyNextAsync(connection, transaction, ct), ct))
            applied++;
        return applied;
    }

    public async Task<(int Database, int Binary)> VersionsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var table = new CommandDefinition(dialect.CountTablesSql, new { Table = "schema_migrations" }, cancellationToken: ct);
        var binaryVersion = _scripts[^1].Version;
        if (await connection.ExecuteScalarAsync<long>(table) == 0)
            return (0, binaryVersion);
        var databaseVersion = await connection.ExecuteScalarAsync<int>(new CommandDefinition(VersionSql, cancellationToken: ct));
        return (databaseVersion, binaryVersion);
    }

    private async Task<bool> ApplyNextAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        // Some scripts rewrite a large table. Whoever starts a node waits, also for another that does so, or gives up.
        Task<int> ExecuteAsync(string sql, object? parameters) =>
            connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, commandTimeout: 0, cancellationToken: ct));

        if (dialect.LockSql.Length > 0)
            await ExecuteAsync(dialect.LockSql, null);
        await ExecuteAsync(CreateTableSql, null);
        var version = await connection.ExecuteScalarAsync<int>(new CommandDefinition(VersionSql, null, transaction, cancellationToken: ct));
        if (version > _scripts[^1].Version)
            throw new DatabaseTooNewException(version, _scripts[^1].Version);
        if (version == _scripts[^1].Version)
            return false;

        var next = _scripts.First(script => script.Version > version);
        await ExecuteAsync(await ReadScriptAsync(next.Resource, ct), null);
        await ExecuteAsync(InsertSql, new { next.Version, next.Name, ApplyTime = time.GetUtcNow() });
        return true;
    }

    private static async Task<string> ReadScriptAsync(string resource, CancellationToken ct)
    {
        await using var stream = typeof(Migrator).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The script {resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    private static List<(int Version, string Name, string Resource)> FindScripts(string folder)
    {
        var prefix = $"{typeof(Migrator).Namespace}.{folder}.";
        var scripts = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => (Version: int.Parse(resource.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture),
                Name: resource[prefix.Length..^".sql".Length], Resource: resource))
            .OrderBy(script => script.Version)
            .ToList();
        if (scripts.Count == 0)
            throw new InvalidOperationException($"No migration is embedded for {folder}.");
        return scripts;
    }
}
