using System.Data.Common;
using Herald.Simulation.World;
using Herald.Storage;
using Microsoft.Data.Sqlite;

namespace Herald.Simulation.Nodes;

/// <summary>
/// The way of one node to the database: each statement takes time to get there and back, may find nobody, and may lose its answer after it was
/// committed. Between any two of them the node may die.
/// </summary>
internal sealed class NodeDatabase(SharedDatabase shared, SimNode node, Weather weather) : IDatabase
{
    private const int Busy = 5;

    public DatabaseProvider Provider => shared.Provider;

    public bool SupportsNotify => shared.SupportsNotify;

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        await node.HopAsync(ct);
        if (weather.LosesRead(node.Name))
            throw Gone("a read");
        return await shared.OpenAsync(ct);
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        await node.HopAsync(ct);
        if (weather.LosesWrite(node.Name))
            throw Gone("a write before its commit");
        if (weather.StallsWrite())
            await node.StallAsync();
        var result = await shared.WriteAsync(node.Name, work);
        await node.HopAsync(CancellationToken.None);
        if (weather.LosesAnswer(node.Name))
            throw Gone("the answer of a commit");
        return result;
    }

    public async Task<DateTimeOffset> NowAsync(CancellationToken ct)
    {
        await node.HopAsync(ct);
        if (weather.LosesRead(node.Name))
            throw Gone("the time");
        return await shared.NowAsync(ct);
    }

    public Task NotifyAsync(DbTransaction transaction, string channel, string payload, CancellationToken ct) =>
        shared.NotifyAsync(transaction, channel, payload, ct);

    private SqliteException Gone(string what)
    {
        node.Trace.Add(node.Name, $"database: lost {what}");
        return new SqliteException("The connection to the database is lost.", Busy);
    }
}
