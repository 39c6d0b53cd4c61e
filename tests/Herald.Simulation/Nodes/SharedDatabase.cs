using System.Data.Common;
using Herald.Simulation.Checks;
using Herald.Storage;

namespace Herald.Simulation.Nodes;

/// <summary>The one database of all nodes. Before each commit it reads what the transaction changed, and after it the rules are checked.</summary>
internal sealed class SharedDatabase(IDatabase inner, ChangeLog log, TimeProvider time) : IDatabase
{
    public DatabaseProvider Provider => inner.Provider;

    public bool SupportsNotify => true;

    public Task<DbConnection> OpenAsync(CancellationToken ct) => inner.OpenAsync(ct);

    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => WriteAsync("setup", work);

    public async Task<T> WriteAsync<T>(string node, Func<DbConnection, DbTransaction, Task<T>> work)
    {
        IReadOnlyList<Change> changes = [];
        var result = await inner.WriteAsync(async (connection, transaction) =>
        {
            var answer = await work(connection, transaction);
            changes = log.Read(connection, transaction);
            return answer;
        }, CancellationToken.None);
        log.Committed(node, changes);
        return result;
    }

    public Task<DateTimeOffset> NowAsync(CancellationToken ct) => Task.FromResult(time.GetUtcNow());

    public Task NotifyAsync(DbTransaction transaction, string channel, string payload, CancellationToken ct) =>
        inner.NotifyAsync(transaction, channel, payload, ct);
}
