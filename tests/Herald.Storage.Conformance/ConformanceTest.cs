using Dapper;
using Herald.Testing;

namespace Herald.Storage.Conformance;

/// <summary>A test class that runs on both databases; every test has a database of its own.</summary>
public abstract class ConformanceTest(DatabaseProvider provider) : IAsyncLifetime
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private TestDatabase? _database;
    private Given? _given;

    protected static CancellationToken None => CancellationToken.None;

    protected DatabaseProvider Provider { get; } = provider;

    protected ManualTimeProvider Time { get; } = new();

    protected TestIds Ids { get; } = new(1);

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected TestDatabase Database => _database ?? throw new InvalidOperationException("The test has not begun.");

    protected Given Given => _given ?? throw new InvalidOperationException("The test has not begun.");

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Provider, Time);
        _given = new Given(_database, Ids, Time);
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>All claims run out. The server's clock is not ours to move, so they are moved into its past.</summary>
    protected async Task RunOutClaimsAsync()
    {
        await ExecuteAsync("UPDATE messages SET claim_expire_time = 1 WHERE state = 20");
        await ExecuteAsync("UPDATE claims SET expire_time = 1");
    }

    protected Task<int> ExecuteAsync(string sql) =>
        Get<IDatabase>().WriteAsync((connection, transaction) => connection.ExecuteAsync(sql, null, transaction), None);

    protected T Get<T>()
        where T : notnull => Database.Get<T>();
}
