using System.Diagnostics;
using Dapper;
using Herald.Storage;
using Herald.Testing;

namespace Herald.Host.Tests.Start;

/// <summary>The exit codes of the command, as scripts see them.</summary>
public sealed class RepairCommandTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=nowhere;Username=nobody";
    private const string NoCampaign = "tenants/0199aaaa-0000-7000-8000-000000000001/campaigns/0199aaaa-0000-7000-8000-000000000002";

    // A message without a campaign that waits, with the time of an end.
    private const string BreakSql =
        """
        INSERT INTO messages (tenant_id, message_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail, due_time, attempts,
          create_time, end_time)
        VALUES (@Id, @Id, @Id, @Id, 2, 10, 0, 0, '', 1, 0, 1, 1)
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Zero_when_nothing_is_wrong()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

        Assert.Equal(0, (await RepairAsync(database.Options.ConnectionString)).ExitCode);
    }

    [Fact]
    public async Task One_when_something_was_wrong_mended_or_not()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var id = new { Id = new TestIds(1).NewId() };
        await database.Get<IDatabase>().WriteAsync((connection, transaction) => connection.ExecuteAsync(BreakSql, id, transaction), CancellationToken.None);

        var dry = await RepairAsync(database.Options.ConnectionString, "--dry-run");
        var mending = await RepairAsync(database.Options.ConnectionString);
        var afterwards = await RepairAsync(database.Options.ConnectionString);

        Assert.Equal((1, 1, 0), (dry.ExitCode, mending.ExitCode, afterwards.ExitCode));
        Assert.Contains("1 things wrong, 0 of them mended", dry.Output, StringComparison.Ordinal);
        Assert.Contains("1 things wrong, 1 of them mended", mending.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--campaign", NoCampaign)]
    [InlineData("--campaign", "x")]
    [InlineData("--no-such-option")]
    public async Task Two_when_it_was_not_told_what_to_look_at(params string[] arguments)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

        Assert.Equal(2, (await RepairAsync(database.Options.ConnectionString, arguments)).ExitCode);
    }

    [Fact]
    public async Task Two_when_the_database_lacks_its_tables_or_cannot_be_reached()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite, TimeProvider.System);

        var unmigrated = await RepairAsync(empty.Options.ConnectionString);
        var unreachable = await RepairAsync(Nowhere);

        Assert.Equal((2, 2), (unmigrated.ExitCode, unreachable.ExitCode));
        Assert.Contains("run 'migrate' first", unmigrated.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be looked at", unreachable.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", unreachable.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Sesame=open")]
    [InlineData("Data Source=herald.db;Sesame=open")]
    [InlineData("postgres://:x:y")]
    [InlineData(" ")]
    public async Task Two_when_the_connection_string_cannot_be_read(string connection)
    {
        var (exitCode, output) = await RepairAsync(connection);

        Assert.Equal((2, "Herald__Database is no valid connection string."), (exitCode, output.Trim()));
    }

    private static async Task<(int ExitCode, string Output)> RepairAsync(string connection, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Herald.Host.dll"), "repair", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Herald__Database"] = connection;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        var texts = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        return (process.ExitCode, string.Concat(await texts));
    }
}
