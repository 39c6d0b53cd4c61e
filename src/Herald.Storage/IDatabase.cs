using System.Data.Common;

namespace Herald.Storage;

/// <summary>Connections and transactions of the one database of this process. Safe from any thread.</summary>
public interface IDatabase
{
    /// <summary>The kind of database, for messages and for composition; stores never branch on it.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>True when several nodes may share this database and signals reach all of them.</summary>
    bool SupportsNotify { get; }

    /// <summary>An open connection for reading. The caller disposes it, which returns it to the pool.</summary>
    Task<DbConnection> OpenAsync(CancellationToken ct);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it; durable when the task completes. On PostgreSQL (read committed)
    /// the work is repeated up to three times after a deadlock or a serialization failure, so it must have no effect outside the transaction.
    /// On SQLite writers of this process queue up, and the transaction is immediate. An exception rolls back.
    /// </summary>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct);

    /// <summary>The database's own time: the server's clock on PostgreSQL, this process' time provider on SQLite.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken ct);

    /// <summary>
    /// Tells all subscribers of <paramref name="channel"/> on all nodes, see <see cref="IDatabaseSignals"/>, when the transaction commits.
    /// Nothing is told if it rolls back.
    /// </summary>
    Task NotifyAsync(DbTransaction transaction, string channel, string payload, CancellationToken ct);
}
