using Herald.Host.Demo;
using Herald.Storage;
using Herald.Testing;

namespace Herald.Host.Tests.Demo;

public sealed class DemoTests
{
    private const int Recipients = 120;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 1)]
    [InlineData(DatabaseProvider.PostgreSql, 2)]
    public async Task The_demo_s_figures_add_up(DatabaseProvider provider, int seed)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await OrleansTables.CreateAsync(database);
        var options = new DemoOptions(Recipients, seed, provider == DatabaseProvider.PostgreSql ? database.Options.ConnectionString : null, Stay: false);
        await using var world = await DemoWorld.StartAsync(options, CancellationToken.None);

        var problems = await new DemoRun(world, options, DemoScreen.Create()).RunAsync(CancellationToken.None);

        Assert.Empty(problems);
    }
}
