using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace Herald.Storage.PostgreSql;

/// <summary>One pool of connections to PostgreSQL.</summary>
internal sealed class PostgreSqlDatabase : IDatabase, IAsyncDisposable
{
    private const int AttemptsMax = 4;
    private const string NotifySql = "SELECT pg_notify(@Channel, @Payload)";

    private readonly NpgsqlDataSource _source;
    private readonly int _commandTimeoutSeconds;

    public PostgreSqlDatabase(HeraldDatabaseOptions options)
    {
        DapperMapping.EnsureRegistered();
        _commandTimeoutSeconds = options.CommandTimeoutSeconds;
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        builder.ConnectionStringBuilder.MaxPoolSize = options.MaxPoolSize;
        builder.ConnectionStringBuilder.CommandTimeout = _commandTimeoutSeconds;
        // The statements of the hot paths are few and repeat, so the server plans each of them once a connection.
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 3;
        // No statement leaves anything in its session, so there is nothing to reset between two users of a connection.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        // The queue's share of the table changes by the minute: plans made for the values at hand cost little and never go stale.
        // A process that was frozen in the middle of a transaction keeps its locks from the others no longer than its time-out.
        // Joins are written in the order in which they are to run: looking for a better one took three quarters of a claim's planning.
        builder.ConnectionStringBuilder.Options ??=
            "-c plan_cache_mode=force_custom_plan -c idle_in_transaction_session_timeout=10s -c join_collapse_limit=1";
        builder.ConnectionStringBuilder.ApplicationName ??= "herald";
        _source = builder.Build();
    }

    public DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public bool SupportsNotify => true;

    public async Task<DbConnection> OpenAsync(CancellationToken ct) => await _source.OpenConnectionAsync(ct);

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(work, ct);
            }
            catch (PostgresException e) when (attempt < AttemptsMax && TransientErrors.IsConflict(e))
            {
                // The other transaction has won and is gone or about to commit: the work is repeated on what it left.
            }
        }
    }

    public async Task<DateTimeOffset> NowAsync(CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<DateTimeOffset>(
            new CommandDefinition($"SELECT {PostgreSqlText.NowMicros}", cancellationToken: ct));
    }

    public async Task NotifyAsync(DbTransaction transaction, string channel, string payload, CancellationToken ct)
    {
        var connection = transaction.Connection ?? throw new ArgumentException("The transaction has ended.", nameof(transaction));
        await connection.ExecuteAsync(
            new CommandDefinition(NotifySql, new { Channel = channel, Payload = payload }, transaction, cancellationToken: ct));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> WriteOnceAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(ct);
        return result;
    }
}
