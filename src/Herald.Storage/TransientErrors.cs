using Microsoft.Data.Sqlite;
using Npgsql;

namespace Herald.Storage;

/// <summary>Decides, for all of Herald, which database errors pass by themselves.</summary>
public static class TransientErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <summary>The server ended a session that kept a transaction open and did nothing; Npgsql has no name for it.</summary>
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>
    /// True when the same work may succeed if it is tried again after a pause: the server or the connection is away or overloaded, a lock was
    /// not to be had, the server is a standby until a failover ends, or a transaction was chosen as a deadlock's victim. Looks through wrapping exceptions.
    /// </summary>
    public static bool IsTransient(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            ITransientFailure => true,
            PostgresException postgres => postgres.IsTransient || IsConflict(postgres) || postgres.SqlState is
                PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or
                PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable or
                PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransactionTimeout,
            NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException,
            SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
            AggregateException { InnerExceptions.Count: > 0 } aggregate => aggregate.InnerExceptions.All(IsTransient),
            { InnerException: { } inner } => IsTransient(inner),
            _ => false,
        };
    }

    /// <summary>True when another transaction won and the same work can be repeated at once: a deadlock or a serialization failure.</summary>
    internal static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
