using Dapper;
using Herald.Storage.Leases;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Leases;

public abstract class LeaseTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    private ILeaseStore Store => Get<ILeaseStore>();

    [Fact]
    public async Task A_lease_is_held_by_one_node_until_it_runs_out_and_its_epoch_grows()
    {
        var a = Assert.IsType<Lease>(await Store.AcquireAsync("x", "a", Ten, None));
        Assert.Null(await Store.AcquireAsync("x", "b", Ten, None));
        var again = Assert.IsType<Lease>(await Store.AcquireAsync("x", "a", Ten, None));
        Assert.Equal(a.Epoch, again.Epoch);
        Assert.True(await Store.RenewAsync(a, Ten, None));

        await RunOutAsync("x");
        var b = Assert.IsType<Lease>(await Store.AcquireAsync("x", "b", Ten, None));

        Assert.True(b.Epoch > a.Epoch);
        Assert.False(await Store.RenewAsync(a, Ten, None));
        Assert.Null(await Store.AcquireAsync("x", "a", Ten, None));
    }

    [Fact]
    public async Task A_lease_that_ran_out_and_was_not_taken_can_be_renewed_but_taken_anew_it_has_a_new_epoch()
    {
        var a = Assert.IsType<Lease>(await Store.AcquireAsync("x", "a", Ten, None));
        await RunOutAsync("x");
        Assert.True(await Store.RenewAsync(a, Ten, None));
        Assert.Null(await Store.AcquireAsync("x", "b", Ten, None));
        await RunOutAsync("x");

        var anew = Assert.IsType<Lease>(await Store.AcquireAsync("x", "a", Ten, None));

        Assert.True(anew.Epoch > a.Epoch);
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once_and_its_epoch_is_not_used_again()
    {
        var a = Assert.IsType<Lease>(await Store.AcquireAsync("x", "a", Ten, None));
        await Store.ReleaseAsync(a, None);

        var b = Assert.IsType<Lease>(await Store.AcquireAsync("x", "b", Ten, None));
        await Store.ReleaseAsync(a, None);

        Assert.True(b.Epoch > a.Epoch);
        Assert.True(await Store.RenewAsync(b, Ten, None));
    }

    [Fact]
    public async Task Of_many_nodes_at_once_one_gets_a_lease_new_or_run_out()
    {
        var other = Database.AddNode().GetRequiredService<ILeaseStore>();
        for (var round = 0; round < 5; round++)
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
                (i % 2 == 0 ? Store : other).AcquireAsync("x", $"node-{i}", Ten, None))));

            Assert.Single(taken, lease => lease is not null);
            await RunOutAsync("x");
        }
    }

    [Fact]
    public async Task Leases_are_listed_by_prefix_and_case()
    {
        foreach (var name in new[] { "sender/1", "sender/2", "Sender/3", "inbox", "sender%" })
            await Store.AcquireAsync(name, "a", Ten, None);

        Assert.Equal(["sender/1", "sender/2"], (await Store.ListAsync(LeaseNames.SenderPrefix, None)).Select(lease => lease.Name));
    }

    private async Task RunOutAsync(string name)
    {
        Time.Advance(Ten);
        // The server's clock is not ours to move, so the lease is moved into its past.
        await Get<IDatabase>().WriteAsync(
            (connection, transaction) => connection.ExecuteAsync("UPDATE leases SET expire_time = 1 WHERE lease_name = @name", new { name }, transaction), None);
    }
}

public sealed class SqliteLeaseTests() : LeaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_lease_runs_out_by_the_clock_of_the_process()
    {
        var store = Get<ILeaseStore>();
        await store.AcquireAsync("x", "a", TimeSpan.FromSeconds(10), None);
        Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMicroseconds(1));
        Assert.Null(await store.AcquireAsync("x", "b", TimeSpan.FromSeconds(10), None));
        Time.Advance(TimeSpan.FromMicroseconds(1));

        Assert.NotNull(await store.AcquireAsync("x", "b", TimeSpan.FromSeconds(10), None));
    }
}

public sealed class PostgreSqlLeaseTests() : LeaseTests(DatabaseProvider.PostgreSql)
{
    [Fact]
    public async Task A_lease_is_judged_by_the_clock_of_the_server()
    {
        var lease = Assert.IsType<Lease>(await Get<ILeaseStore>().AcquireAsync("x", "a", TimeSpan.FromHours(1), None));
        var serverNow = await Get<IDatabase>().NowAsync(None);

        Assert.InRange(lease.ExpireTime - serverNow, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
    }
}
