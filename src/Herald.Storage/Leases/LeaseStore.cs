using Herald.Domain;

namespace Herald.Storage.Leases;

/// <summary>
/// The database's time is read before the statement that uses it. It can only be too early there, so a lease that another node holds is never
/// taken too soon, and an own one ends rather too early than too late.
/// </summary>
internal sealed class LeaseStore(IDatabase database) : ILeaseStore
{
    private const string Columns = "lease_name AS name, node, epoch, expire_time";

    private const string AcquireSql =
        $"""
        INSERT INTO leases (lease_name, node, epoch, expire_time)
        VALUES (@Name, @Node, 1, @Now + @Duration)
        ON CONFLICT (lease_name) DO UPDATE
        SET node = excluded.node,
            epoch = CASE WHEN leases.node = excluded.node AND leases.expire_time > @Now THEN leases.epoch ELSE leases.epoch + 1 END,
            expire_time = excluded.expire_time
        WHERE leases.node = excluded.node OR leases.expire_time <= @Now
        RETURNING {Columns}
        """;

    private const string RenewSql =
        "UPDATE leases SET expire_time = @Now + @Duration WHERE lease_name = @Name AND node = @Node AND epoch = @Epoch";

    private const string ReleaseSql = "UPDATE leases SET expire_time = 0 WHERE lease_name = @Name AND node = @Node AND epoch = @Epoch";

    private const string ListSql =
        $"SELECT {Columns} FROM leases WHERE substr(lease_name, 1, @Length) = @Prefix ORDER BY lease_name";

    public async Task<Lease?> AcquireAsync(string name, string node, TimeSpan duration, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
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

    public Task<IReadOnlyList<Lease>> ListAsync(string prefix, CancellationToken ct) =>
        database.ListAsync<Lease>(ListSql, new { Prefix = prefix, Length = prefix.Length }, ct);
}
