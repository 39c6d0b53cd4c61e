using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Herald.Host.Silo;
using Herald.Storage;
using Herald.Testing;

namespace Herald.Host.Tests.Silo;

/// <summary>The queries answer as Orleans' providers ask: the same names, types and number of rows.</summary>
public sealed class OrleansTablesTests
{
    private static readonly DateTime Start = new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_state_is_written_by_who_read_the_last_version_and_by_nobody_else(DatabaseProvider provider)
    {
        await using var database = await CreateAsync(provider);
        await using var connection = await database.Get<IDatabase>().OpenAsync(default);

        Assert.Empty(await ReadStateAsync(connection, "a"));
        Assert.Equal([1], await WriteStateAsync(connection, "a", null, "one"));
        Assert.Empty(await WriteStateAsync(connection, "a", null, "stranger"));
        Assert.Equal([2], await WriteStateAsync(connection, "a", 1, "two"));
        Assert.Empty(await WriteStateAsync(connection, "a", 1, "late"));
        Assert.Empty(await WriteStateAsync(connection, "b", 1, "never there"));

        Assert.Equal([("two", 2)], await ReadStateAsync(connection, "a"));
        Assert.Empty(await ReadStateAsync(connection, "b"));
        Assert.Equal([3], await RunAsync(connection, "ClearStorageKey", State("a", 2), row => Number(row, "NewGrainStateVersion")));
        Assert.Equal([("", 3)], await ReadStateAsync(connection, "a"));
        Assert.Equal([4], await WriteStateAsync(connection, "a", 3, "four"));
    }

    [Fact]
    public async Task The_script_for_sqlite_can_run_again_over_what_is_there()
    {
        await using var database = await CreateAsync(DatabaseProvider.Sqlite);
        await using var connection = await database.Get<IDatabase>().OpenAsync(default);
        await WriteStateAsync(connection, "a", null, "one");

        await OrleansTables.ExecuteAsync(database, await SqliteTables.ReadScriptAsync(default));

        Assert.Equal([("one", 1)], await ReadStateAsync(connection, "a"));
    }

    [Fact]
    public async Task A_member_is_changed_by_who_read_the_last_version_of_the_cluster()
    {
        await using var database = await CreateAsync(DatabaseProvider.PostgreSql);
        await using var connection = await database.Get<IDatabase>().OpenAsync(default);

        Assert.Equal([1], await RunAsync(connection, "InsertMembershipVersionKey", [("DeploymentId", "herald")], row => Number(row, "count")));
        Assert.Equal([0], await RunAsync(connection, "InsertMembershipVersionKey", [("DeploymentId", "herald")], row => Number(row, "count")));
        Assert.Equal([(null, 0)], await MembersAsync(connection, "MembershipReadAllKey"));
        Assert.Equal([1], await RunAsync(connection, "InsertMembershipKey", Member(1, version: 0), row => Number(row, "count")));
        Assert.Equal([0], await RunAsync(connection, "InsertMembershipKey", Member(1, version: 1), row => Number(row, "count")));
        Assert.Equal([0], await RunAsync(connection, "InsertMembershipKey", Member(2, version: 0), row => Number(row, "count")));
        Assert.Equal([1], await RunAsync(connection, "UpdateMembershipKey", Member(3, version: 1), row => Number(row, "count")));
        Assert.Equal([0], await RunAsync(connection, "UpdateMembershipKey", Member(6, version: 1), row => Number(row, "count")));

        Assert.Equal([(3, 2)], await MembersAsync(connection, "MembershipReadAllKey"));
        Assert.Equal([(3, 2)], await MembersAsync(connection, "MembershipReadRowKey"));
        await RunAsync(connection, "UpdateIAmAlivetimeKey", Member(3, version: 2), _ => 0);
        Assert.Equal([30_000], await RunAsync(connection, "GatewaysQueryKey", Member(3, version: 2), row => Number(row, "ProxyPort")));
        await RunAsync(connection, "CleanupDefunctSiloEntriesKey", Member(3, version: 2), _ => 0);
        Assert.Equal([(3, 2)], await MembersAsync(connection, "MembershipReadAllKey"));
        await RunAsync(connection, "DeleteMembershipTableEntriesKey", Member(3, version: 2), _ => 0);
        Assert.Empty(await MembersAsync(connection, "MembershipReadAllKey"));
    }

    private static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        if (provider == DatabaseProvider.Sqlite)
            await OrleansTables.ExecuteAsync(database, await SqliteTables.ReadScriptAsync(default));
        else
            await OrleansTables.CreateAsync(database);
        return database;
    }

    private static Task<List<int>> WriteStateAsync(DbConnection connection, string key, int? version, string payload) => RunAsync(
        connection, "WriteToStorageKey", [.. State(key, version), ("PayloadBinary", Encoding.UTF8.GetBytes(payload))],
        row => Number(row, "NewGrainStateVersion"));

    private static Task<List<(string Payload, int Version)>> ReadStateAsync(DbConnection connection, string key) => RunAsync(
        connection, "ReadFromStorageKey", State(key, null),
        row => (row["PayloadBinary"] is byte[] payload ? Encoding.UTF8.GetString(payload) : "", Number(row, "Version")));

    private static Task<List<(int? Status, int Version)>> MembersAsync(DbConnection connection, string key) => RunAsync(
        connection, key, Member(1, version: 0),
        row => (row["StartTime"] is DBNull ? (int?)null : Number(row, "Status"), Number(row, "Version")));

    private static (string Name, object? Value)[] State(string key, int? version) =>
    [
        ("GrainIdHash", 1), ("GrainIdN0", 0L), ("GrainIdN1", 0L), ("GrainTypeHash", 2), ("GrainTypeString", "settings"),
        ("GrainIdExtensionString", key), ("ServiceId", "herald"), ("GrainStateVersion", version),
    ];

    private static (string Name, object? Value)[] Member(int status, int version) =>
    [
        ("DeploymentId", "herald"), ("Address", "127.0.0.1"), ("Port", 11_111), ("Generation", 5), ("SiloName", "silo"), ("HostName", "host"),
        ("Status", status), ("ProxyPort", 30_000), ("SuspectTimes", null), ("StartTime", Start), ("IAmAliveTime", Start), ("Version", version),
    ];

    private static int Number(IDataRecord row, string column) => Convert.ToInt32(row[column], CultureInfo.InvariantCulture);

    /// <summary>Runs a stored query with typed parameters, and reads all rows of all its results, as the providers do.</summary>
    private static async Task<List<T>> RunAsync<T>(
        DbConnection connection, string key, (string Name, object? Value)[] parameters, Func<IDataRecord, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = await QueryAsync(connection, key);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            parameter.DbType = value switch
            {
                long => DbType.Int64,
                byte[] => DbType.Binary,
                DateTime => DbType.DateTime,
                string => DbType.String,
                null when name is "SuspectTimes" => DbType.String,
                _ => DbType.Int32,
            };
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        do
        {
            while (await reader.ReadAsync())
                rows.Add(read(reader));
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    private static async Task<string> QueryAsync(DbConnection connection, string key)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("key", key);
        command.Parameters.Add(parameter);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
