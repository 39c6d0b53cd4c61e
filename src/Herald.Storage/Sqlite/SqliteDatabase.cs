using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Herald.Storage.Sqlite;

/// <summary>
/// One SQLite file in WAL mode. Readers have connections of their own; writers of this process take turns on one connection, because SQLite
/// lets one write at a time and waits for a turn by polling, which a queue does better. synchronous=FULL: what is acknowledged is on disk.
/// </summary>
internal sealed class SqliteDatabase : IDatabase, IAsyncDisposable
{
    // The one writer keeps up to 64 MB of pages: with SQLite's 2 MB a campaign read most of what it changed from the file again. Checkpoints copy pages that
    // were changed several times only once when they come every 16 MB of log instead of 4.
    private const string WriterSettings =
        """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly SemaphoreSlim _writeTurn = new(1, 1);
    private readonly List<(string Channel, string Payload)> _toSignal = [];
    private readonly string _connectionString;
    private readonly IDatabaseSignals _signals;
    private readonly TimeProvider _time;
    private SqliteConnection? _writer;
    private DbTransaction? _transaction;

    public SqliteDatabase(HeraldDatabaseOptions options, IDatabaseSignals signals, TimeProvider time)
    {
        DapperMapping.EnsureRegistered();
        _signals = signals;
        _time = time;
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = true,
            ForeignKeys = true,
            DefaultTimeout = options.CommandTimeoutSeconds,
        };
        _connectionString = builder.ConnectionString;
    }

    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public bool SupportsNotify => false;

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        (string Channel, string Payload)[] toSignal;
        T result;
        await _writeTurn.WaitAsync(ct);
        try
        {
            var writer = _writer ??= await OpenWriterAsync(ct);
            await using var transaction = writer.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            _transaction = transaction;
            result = await work(writer, transaction);
            await transaction.CommitAsync(ct);
            toSignal = [.. _toSignal];
        }
        finally
        {
            _transaction = null;
            _toSignal.Clear();
            _writeTurn.Release();
        }
        foreach (var (channel, payload) in toSignal)
            await _signals.PublishAsync(channel, payload, CancellationToken.None);
        return result;
    }

    public Task<DateTimeOffset> NowAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(_time.GetUtcNow());
    }

    public Task NotifyAsync(DbTransaction transaction, string channel, string payload, CancellationToken ct)
    {
        if (!ReferenceEquals(transaction, _transaction))
            throw new ArgumentException("The transaction is not the running one of this database.", nameof(transaction));
        if (!_toSignal.Contains((channel, payload)))
            _toSignal.Add((channel, payload));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _writeTurn.WaitAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        _writeTurn.Dispose();
        await using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }

    private async Task<SqliteConnection> OpenWriterAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(ct);
            await connection.ExecuteAsync(new CommandDefinition(WriterSettings, cancellationToken: ct));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
