using System.Security.Cryptography;
using Dapper;
using Herald.Storage;
using Herald.Storage.Keys;
using Herald.Storage.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Herald.Testing;

/// <summary>A migrated database for one test, and the services of storage on it. Disposing removes it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> PostgresTemplate = new(CreatePostgresTemplateAsync);
    private static readonly SemaphoreSlim CloneTurn = new(1, 1);
    private static int _count;

    private readonly List<ServiceProvider> _nodes = [];
    private readonly Func<Task> _remove;

    private TestDatabase(HeraldDatabaseOptions options, TimeProvider time, Func<Task> remove)
    {
        Options = options;
        Time = time;
        _remove = remove;
        Services = AddNode();
    }

    /// <summary>How to connect; valid for another process as well.</summary>
    public HeraldDatabaseOptions Options { get; }

    /// <summary>The clock of <see cref="Services"/>.</summary>
    public TimeProvider Time { get; }

    /// <summary>Storage on this database.</summary>
    public IServiceProvider Services { get; }

    /// <summary>A fresh database with the system's clock.</summary>
    public static Task<TestDatabase> CreateAsync(DatabaseProvider provider) => CreateAsync(provider, TimeProvider.System);

    /// <summary>A fresh database with all migrations applied.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, TimeProvider time)
    {
        if (provider == DatabaseProvider.PostgreSql)
            return await CloneAsync(await PostgresTemplate.Value, time);
        var database = CreateEmptySqlite(time);
        await database.Get<IMigrator>().MigrateAsync(CancellationToken.None);
        return database;
    }

    /// <summary>A fresh database without any table.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider, TimeProvider time) =>
        provider == DatabaseProvider.PostgreSql ? await CloneAsync("template0", time) : CreateEmptySqlite(time);

    /// <summary>A service of storage, such as a store.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A second set of services on the same database, as another node has them. On SQLite it stands for another process.</summary>
    public ServiceProvider AddNode() => AddNode(Time);

    /// <summary>A second set of services on the same database, as another node has them whose clock is off.</summary>
    public ServiceProvider AddNode(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(time);
        services.AddSingleton<IIdentityKey, TestIdentityKey>();
        services.AddHeraldStorage(Options);
        var node = services.BuildServiceProvider();
        _nodes.Add(node);
        return node;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _remove();
    }

    private static TestDatabase CreateEmptySqlite(TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("herald-sqlite-");
        var builder = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "herald.db") };
        var options = new HeraldDatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = builder.ConnectionString };
        return new TestDatabase(options, time, () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> CloneAsync(string template, TimeProvider time)
    {
        var server = await PostgresServer.GetAsync();
        var name = NewName("test");
        await CloneTurn.WaitAsync();
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template}");
        }
        finally
        {
            CloneTurn.Release();
        }
        return new TestDatabase(OptionsFor(server, name), time, () => ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)"));
    }

    /// <summary>
    /// Makes the template unless it exists: its name tells the schema, so all test processes on a server share it and it never grows stale.
    /// </summary>
    private static async Task<string> CreatePostgresTemplateAsync()
    {
        var server = await PostgresServer.GetAsync();
        var name = $"herald_template_{SchemaHash()}";
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // The lock ends with the connection.
        await connection.ExecuteAsync("SELECT pg_advisory_lock(314159)");
        if (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM pg_database WHERE datname = @name", new { name }) > 0)
            return name;

        // Renamed when it is whole, so that a process that dies here leaves no half of a template.
        var draft = NewName("draft");
        await connection.ExecuteAsync($"CREATE DATABASE {draft}");
        await using (var template = new TestDatabase(OptionsFor(server, draft), TimeProvider.System, () => Task.CompletedTask))
            await template.Get<IMigrator>().MigrateAsync(CancellationToken.None);
        await connection.ExecuteAsync($"ALTER DATABASE {draft} RENAME TO {name}");
        return name;
    }

    private static string SchemaHash()
    {
        var assembly = typeof(IMigrator).Assembly;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(".PostgreSql.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not embedded.");
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            hash.AppendData(copy.ToArray());
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static string NewName(string kind) =>
        $"herald_{kind}_{Environment.ProcessId}_{Environment.TickCount64:x}_{Interlocked.Increment(ref _count)}";

    private static HeraldDatabaseOptions OptionsFor(PostgresServer server, string database) => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString,
    };

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.ExecuteAsync(sql);
    }
}
