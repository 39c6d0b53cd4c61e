using Herald.Domain;

namespace Herald.Storage.Leases;

/// <remarks>
/// On PostgreSQL the clock is the server's. A claim holds its sender's lease row FOR KEY SHARE until it commits. A renewal changes no key and goes on
/// beside it; taking a lease over names the key column among those it writes and therefore waits, so that no claim commits under an epoch that is
/// over. Taking many at once waits for nothing: a node that was frozen inside a claim must not keep the others from what else is free.
/// On SQLite the clock is this process', and writers take turns.
/// </remarks>
internal sealed partial class LeaseStore(IDatabase database, IDialect dialect, TimeProvider time) : ILeaseStore
{
    public async Task<Lease?> AcquireAsync(string name, string node, TimeSpan duration, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        // Read before the statement it can only be too early, so that a lease of another node is never taken too soon.
        var now = Micros.FromTime(await database.NowAsync(ct));
        return await database.WriteAndFindAsync<Lease>(
            AcquireSql, new { Name = name, Node = node, Now = now, Duration = Micros.FromSpan(duration) }, ct);
    }

    public async Task<bool> RenewAsync(Lease lease, TimeSpan duration, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var now = Micros.FromTime(await database.NowAsync(ct));
        var renewal = new { lease.Name, lease.Node, lease.Epoch, Now = now, Duration = Micros.FromSpan(duration) };
        return await database.ExecuteAsync(RenewSql, renewal, ct) == 1;
    }

    public Task ReleaseAsync(Lease lease, CancellationToken ct) => database.ExecuteAsync(ReleaseSql, lease, ct);

    public async Task<IReadOnlyList<Lease>> AcquireManyAsync(
        IReadOnlyCollection<string> names, string node, TimeSpan duration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        if (names.Count == 0)
            return [];
        var parameters = new { Names = new TextSet(names), Node = node, Duration = Micros.FromSpan(duration), Now = ProcessNow };
        return await database.WriteAsync((_, transaction) => transaction.ListAsync<Lease>(_acquireManySql, parameters, ct), ct);
    }

    public async Task<IReadOnlyList<Lease>> RenewManyAsync(IReadOnlyCollection<Lease> leases, TimeSpan duration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(leases);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        if (leases.Count == 0)
            return [];
        var many = ManyOf(leases, NodeOf(leases), duration, ProcessNow);
        return await database.WriteAsync((_, transaction) => transaction.ListAsync<Lease>(_renewManySql, many, ct), ct);
    }

    public Task ReleaseManyAsync(IReadOnlyCollection<Lease> leases, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(leases);
        if (leases.Count == 0)
            return Task.CompletedTask;
        var node = NodeOf(leases);
        var many = ManyOf(leases, node, TimeSpan.Zero, ProcessNow);
        return database.WriteAsync(async (_, transaction) =>
        {
            var released = await transaction.ExecuteAsync(_releaseManySql, many, ct);
            await database.NotifyAsync(transaction, SignalChannels.LeaseChannel, node, ct);
            return released;
        }, ct);
    }

    public Task<IReadOnlyList<Lease>> ListLivingAsync(string prefix, CancellationToken ct) => database.ListAsync<Lease>(
        _listLivingSql, new { Prefix = prefix, Length = prefix.Length, Now = ProcessNow }, ct);

    public async Task<int> ForgetAsync(string prefix, TimeSpan age, CancellationToken ct)
    {
        var before = Micros.FromTime(await database.NowAsync(ct) - age);
        return await database.ExecuteAsync(ForgetSql, new { Prefix = prefix, Length = prefix.Length, Before = before }, ct);
    }

    public Task<IReadOnlyList<Lease>> ListAsync(string prefix, CancellationToken ct) =>
        database.ListAsync<Lease>(ListSql, new { Prefix = prefix, Length = prefix.Length }, ct);

    /// <summary>The parameter Now, which only SQLite's statements read; PostgreSQL's ask the server's clock.</summary>
    private long ProcessNow => Micros.FromTime(time.GetUtcNow());

    private static object ManyOf(IReadOnlyCollection<Lease> leases, string node, TimeSpan duration, long now) => new
    {
        Names = new TextSet(leases.Select(lease => lease.Name)),
        Keys = new TextSet(leases.Select(lease => $"{lease.Name}#{lease.Epoch}")),
        Node = node,
        Duration = Micros.FromSpan(duration),
        Now = now,
    };

    private static string NodeOf(IReadOnlyCollection<Lease> leases)
    {
        var node = leases.First().Node;
        return leases.All(lease => lease.Node == node) ? node : throw new ArgumentException("The leases are of several nodes.", nameof(leases));
    }
}
