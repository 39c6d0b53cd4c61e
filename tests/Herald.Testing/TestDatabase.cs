using Dapper;
using Herald.Storage;
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
    public ServiceProvider AddNode()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(Time);
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

    private static async Task<string> CreatePostgresTemplateAsync()
    {
        var server = await PostgresServer.GetAsync();
        var name = NewName("template");
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        // Disposed without removal: the next statements copy it. Nobody may be connected then.
        await using (var template = new TestDatabase(OptionsFor(server, name), TimeProvider.System, () => Task.CompletedTask))
            await template.Get<IMigrator>().MigrateAsync(CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropTemplate(server, name);
        return name;
    }

    // A server of our own goes with its folder; one that was given must not keep our template.
    private static void DropTemplate(PostgresServer server, string name)
    {
        if (!server.IsOwn)
            ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
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
