using Dapper;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using Herald.Storage.Migrations;
using Herald.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Migrations;

public abstract class MigrationTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private Task<TestDatabase> CreateEmptyAsync() => TestDatabase.CreateEmptyAsync(Provider, Time);

    [Fact]
    public async Task An_empty_database_is_brought_to_the_newest_version_and_then_nothing_is_left_to_do()
    {
        await using var empty = await CreateEmptyAsync();
        var migrator = empty.Get<IMigrator>();
        var before = await migrator.VersionsAsync(None);

        var applied = await migrator.MigrateAsync(None);
        var again = await migrator.MigrateAsync(None);

        Assert.Equal(0, before.Database);
        Assert.Equal(before.Binary, applied);
        Assert.Equal(0, again);
        Assert.Equal((before.Binary, before.Binary), await migrator.VersionsAsync(None));
    }

    [Fact]
    public async Task Two_nodes_that_migrate_at_once_apply_each_migration_once()
    {
        await using var empty = await CreateEmptyAsync();
        var other = empty.AddNode().GetRequiredService<IMigrator>();
        var binary = (await other.VersionsAsync(None)).Binary;

        var applied = await Task.WhenAll(
            Task.Run(() => empty.Get<IMigrator>().MigrateAsync(None)),
            Task.Run(() => other.MigrateAsync(None)));

        Assert.Equal(binary, applied.Sum());
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_both_numbers_and_stays_as_it_is()
    {
        await using (var connection = await Get<IDatabase>().OpenAsync(None))
            await connection.ExecuteAsync("INSERT INTO schema_migrations (version, name, apply_time) VALUES (9999, 'future', 0)");
        var migrator = Get<IMigrator>();
        var binary = (await migrator.VersionsAsync(None)).Binary;

        var refused = await Assert.ThrowsAsync<DatabaseTooNewException>(() => migrator.MigrateAsync(None));

        Assert.Equal((9999, binary), (refused.DatabaseVersion, refused.BinaryVersion));
        Assert.Contains("9999", refused.Message, StringComparison.Ordinal);
        Assert.Equal((9999, binary), await migrator.VersionsAsync(None));
    }

    [Fact]
    public async Task What_was_claimed_before_claims_had_rows_is_given_up_when_it_runs_out()
    {
        await using var old = await CreateEmptyAsync();
        await ApplyScriptsAsync(old, last: 20);
        var message = Ids.New<MessageId>();
        await InsertClaimedAsync(old, message);

        Assert.Equal((await old.Get<IMigrator>().VersionsAsync(None)).Binary - 20, await old.Get<IMigrator>().MigrateAsync(None));
        var given = await old.Get<IMessageStore>().ExpireClaimsAsync(10, None);

        Assert.Equal(1, given);
        Assert.Equal(MessageState.Unknown, (await old.Get<IMessageStore>().GetAsync(default, message, None))?.State);
        Assert.Equal(0, await old.Get<IMessageStore>().ExpireClaimsAsync(10, None));
    }

    private async Task ApplyScriptsAsync(TestDatabase database, int last)
    {
        var assembly = typeof(IMigrator).Assembly;
        var folder = Provider == DatabaseProvider.Sqlite ? ".Sqlite." : ".PostgreSql.";
        await using var connection = await database.Get<IDatabase>().OpenAsync(None);
        await connection.ExecuteAsync("CREATE TABLE schema_migrations (version integer NOT NULL PRIMARY KEY, name text NOT NULL, apply_time bigint NOT NULL)");
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Migrations" + folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(last);
        var version = 0;
        foreach (var script in scripts)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
            await connection.ExecuteAsync(await reader.ReadToEndAsync(None));
            await connection.ExecuteAsync("INSERT INTO schema_migrations VALUES (@version, 'applied', 0)", new { version = ++version });
        }
    }

    private static Task<int> InsertClaimedAsync(TestDatabase database, MessageId message) => database.Get<IDatabase>().WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            """
            INSERT INTO messages (tenant_id, message_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail, due_time, attempts,
              claim_node, claim_epoch, claim_expire_time, create_time)
            VALUES (@Tenant, @Message, @Contact, @Sender, 4, 20, 0, 0, '', 1, 1, 'node', 7, 1, 1)
            """,
            new { Tenant = default(TenantId), Message = message, Contact = default(ContactId), Sender = default(SenderId) },
            transaction),
        None);

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        var columns = await ColumnsAsync(Database);
        var otherProvider = Provider == DatabaseProvider.Sqlite ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;
        await using var other = await TestDatabase.CreateAsync(otherProvider, Time);

        Assert.Equal(await ColumnsAsync(other), columns);
        Assert.Contains("messages.claim_expire_time", columns);
    }

    private static async Task<List<string>> ColumnsAsync(TestDatabase database)
    {
        const string Sqlite =
            "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
        const string PostgreSql =
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'";
        await using var connection = await database.Get<IDatabase>().OpenAsync(None);
        var names = await connection.QueryAsync<string>(database.Options.Provider == DatabaseProvider.Sqlite ? Sqlite : PostgreSql);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}

public sealed class SqliteMigrationTests() : MigrationTests(DatabaseProvider.Sqlite)
{
    [Theory]
    [InlineData("UPDATE messages SET state = 20, due_time = 0, claim_expire_time = 0, wamid = 'w' WHERE rowid = 1")]
    [InlineData("UPDATE message_attempts SET outcome = 1, end_time = 0 WHERE rowid = 1")]
    public async Task What_a_message_goes_through_builds_no_tables_in_memory(string sql)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);

        var steps = (await connection.QueryAsync("EXPLAIN " + sql)).Select(step => (string)step.opcode).ToList();

        Assert.Contains("OpenWrite", steps);
        Assert.DoesNotContain("OpenEphemeral", steps);
    }
}

public sealed class PostgreSqlMigrationTests() : MigrationTests(DatabaseProvider.PostgreSql);
