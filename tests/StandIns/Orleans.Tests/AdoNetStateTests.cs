using Herald.Storage;
using Herald.Testing;
using Orleans.TestingHost;

namespace Orleans.Tests;

/// <summary>The same on a database.</summary>
public abstract class AdoNetStateTests(DatabaseProvider provider) : StateTests
{
    protected TestDatabase Database { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync(provider);
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
    }

    protected override void Configure(TestClusterBuilder builder) => AdoNetSetup.Use(builder, Database);
}
