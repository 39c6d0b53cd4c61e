using System.Data.Common;
using Dapper;

namespace Herald.Storage;

/// <summary>The few ways in which stores run a statement.</summary>
internal static class StoreQueries
{
    /// <summary>Above every id.</summary>
    public static readonly Guid IdMax = Guid.AllBitsSet;

    public static async Task<IReadOnlyList<T>> ListAsync<T>(this IDatabase database, string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: ct))).AsList();
    }

    public static async Task<T?> FindAsync<T>(this IDatabase database, string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    /// <summary>Runs one statement in a transaction of its own; how many rows it touched.</summary>
    public static Task<int> ExecuteAsync(this IDatabase database, string sql, object parameters, CancellationToken ct) =>
        database.WriteAsync((_, transaction) => transaction.ExecuteAsync(sql, parameters, ct), ct);

    /// <summary>Runs one statement that returns what it wrote, in a transaction of its own.</summary>
    public static Task<T?> WriteAndFindAsync<T>(this IDatabase database, string sql, object parameters, CancellationToken ct) =>
        database.WriteAsync((_, transaction) => transaction.FindAsync<T>(sql, parameters, ct), ct);

    public static async Task<IReadOnlyList<T>> ListAsync<T>(this DbTransaction transaction, string sql, object? parameters, CancellationToken ct) =>
        (await Connection(transaction).QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct))).AsList();

    /// <summary>Rows that begin with one value of their own; the rest of their columns, from <paramref name="splitOn"/> on, is one object.</summary>
    public static async Task<IReadOnlyList<(TFirst, TRest)>> ListAsync<TFirst, TRest>(
        this DbTransaction transaction, string sql, string splitOn, object parameters, CancellationToken ct) =>
        (await Connection(transaction).QueryAsync<TFirst, TRest, (TFirst, TRest)>(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: ct), static (first, rest) => (first, rest), splitOn)).AsList();

    public static Task<T?> FindAsync<T>(this DbTransaction transaction, string sql, object? parameters, CancellationToken ct) =>
        Connection(transaction).QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    public static Task<int> ExecuteAsync(this DbTransaction transaction, string sql, object? parameters, CancellationToken ct) =>
        Connection(transaction).ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    private static DbConnection Connection(DbTransaction transaction) =>
        transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
}
