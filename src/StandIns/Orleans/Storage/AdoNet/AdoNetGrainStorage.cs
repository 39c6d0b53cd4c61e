using System.Data.Common;
using System.Globalization;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states as rows of <c>grain_documents</c>. Every write names the version that was read.</summary>
internal sealed class AdoNetGrainStorage : IGrainStorage
{
    private readonly string _connectionString;
    private readonly DbProviderFactory _factory;
    private readonly GrainDocumentSql _sql;
    private readonly SiloIdentity _silo;
    private readonly TimeProvider _time;

    public AdoNetGrainStorage(string name, AdoNetGrainStorageOptions options, SiloIdentity silo, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            throw new OrleansConfigurationException(
                $"Invalid {nameof(AdoNetGrainStorageOptions)} values for storage {name}. {nameof(options.ConnectionString)} is required.");
        }

        _connectionString = options.ConnectionString;
        _factory = AdoNetProviders.Factory(options.Invariant);
        _sql = AdoNetProviders.IsPostgreSql(options.Invariant) ? GrainDocumentSql.PostgreSql : GrainDocumentSql.Sqlite;
        _silo = silo;
        _time = time;
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, GrainDocumentSql.Read, stateName, grainId);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            grainState.State = default!;
            grainState.ETag = null;
            grainState.RecordExists = false;
            return;
        }

        grainState.ETag = Text(reader.GetInt64(0));
        grainState.RecordExists = !await reader.IsDBNullAsync(1);
        grainState.State = grainState.RecordExists ? GrainStateJson.Read<T>(reader.GetString(1))! : default!;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, grainState.ETag is null ? _sql.Insert : _sql.Update, stateName, grainId);
        Add(command, "payload", GrainStateJson.Write(grainState.State));
        Add(command, "update_time", (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var version = Version(grainState.ETag);
        await ExecuteAsync(command, version, stateName, grainId);
        grainState.ETag = Text(version + 1);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null)
        {
            await using var connection = await OpenAsync();
            await using var command = Command(connection, _sql.Delete, stateName, grainId);
            await ExecuteAsync(command, Version(grainState.ETag), stateName, grainId);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long Version(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private async Task ExecuteAsync(DbCommand command, long version, string stateName, GrainId grainId)
    {
        Add(command, "version", version);
        if (_sql.Notifies)
        {
            Add(command, "notice", GrainWriteNotice.Compose(_silo, grainId));
        }

        // Each statement yields one row if, and only if, it changed one.
        if (await command.ExecuteScalarAsync() is null)
        {
            throw new InconsistentStateException(
                $"State {stateName} of grain {grainId} was written by somebody else since version {version} was read.",
                "unknown",
                Text(version));
        }
    }

    private async Task<DbConnection> OpenAsync()
    {
        var connection = _factory.CreateConnection()
            ?? throw new OrleansException("The database provider did not make a connection.");
        connection.ConnectionString = _connectionString;
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static DbCommand Command(DbConnection connection, string sql, string stateName, GrainId grainId)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        Add(command, "grain_type", grainId.Type.ToString());
        Add(command, "grain_id", grainId.Key.ToString());
        Add(command, "state_name", stateName);
        return command;
    }
}
