using Herald.Storage;

namespace Herald.Api.Tests.Support;

/// <summary>One host on SQLite for the tests of a class; each test makes tenants of its own.</summary>
public sealed class SqliteApi : IAsyncLifetime
{
    public ApiHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await ApiHost.StartAsync(DatabaseProvider.Sqlite, static options =>
    {
        options.CallsPerSecond = 100_000;
        options.CallsBurst = 1_000_000;
    });

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
