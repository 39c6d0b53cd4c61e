using Dapper;
using Herald.Storage;

namespace Herald.Benchmarks.World;

/// <summary>What the database says of itself.</summary>
internal sealed class DatabaseFigures(IDatabase database)
{
    private bool IsPostgreSql => database.Provider == DatabaseProvider.PostgreSql;

    /// <summary>Bytes of all tables and indexes.</summary>
    public Task<long> SizeAsync() => AskAsync<long>(
        IsPostgreSql ? "SELECT pg_database_size(current_database())" : "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");

    /// <summary>Bytes of log written so far; 0 on SQLite.</summary>
    public Task<long> LogBytesAsync() =>
        IsPostgreSql ? AskAsync<long>("SELECT (pg_current_wal_lsn() - '0/0')::bigint") : Task.FromResult(0L);

    /// <summary>Deliveries that wait to be processed.</summary>
    public Task<long> WaitingDeliveriesAsync() => AskAsync<long>("SELECT COUNT(*) FROM webhook_inbox WHERE state = 1");

    /// <summary>Processor time of the server's processes; zero on SQLite, which runs in this one.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync()
    {
        if (!IsPostgreSql)
            return TimeSpan.Zero;
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return ProcessFigures.ProcessorTime(await connection.QueryAsync<int>("SELECT pid FROM pg_stat_activity"));
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<T>(sql) ?? throw new InvalidOperationException("The database did not answer.");
    }
}
