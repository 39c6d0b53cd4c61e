using System.Data.Common;
using Dapper;
using Herald.Domain.Templates;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Leases;

public abstract class ManyLeaseTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    protected static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);
    private static readonly string[] Names = ["sender/1", "sender/2", "sender/3"];

    protected ILeaseStore Store => Get<ILeaseStore>();

    [Fact]
    public async Task Many_are_taken_at_once_and_what_another_node_holds_is_left()
    {
        await Store.AcquireAsync("sender/2", "b", Ten, None);

        var taken = await Store.AcquireManyAsync(Names, "a", Ten, None);
        var again = await Store.AcquireManyAsync(Names, "a", Ten, None);

        Assert.Equal(["sender/1", "sender/3"], taken.Select(lease => lease.Name).Order());
        Assert.All(taken, lease => Assert.Equal(("a", 1L), (lease.Node, lease.Epoch)));
        Assert.Equal(taken.OrderBy(lease => lease.Name).Select(KeyOf), again.OrderBy(lease => lease.Name).Select(KeyOf));
    }

    [Fact]
    public async Task Many_renewed_together_tell_which_are_held_on()
    {
        var mine = await Store.AcquireManyAsync(Names, "a", Ten, None);
        await RunOutAsync("sender/2");
        var lost = Assert.IsType<Lease>(await Store.AcquireAsync("sender/2", "b", Ten, None));
        await RunOutAsync("sender/3");

        var renewed = await Store.RenewManyAsync(mine, Ten, None);

        // The third ran out, but nobody took it.
        Assert.Equal(["sender/1", "sender/3"], renewed.Select(lease => lease.Name).Order());
        Assert.True(lost.Epoch > mine.Single(lease => lease.Name == "sender/2").Epoch);
        Assert.Null(await Store.AcquireAsync("sender/3", "b", Ten, None));
    }

    [Fact]
    public async Task Released_together_they_are_free_at_once_and_a_late_renewal_does_not_bring_them_back()
    {
        var mine = await Store.AcquireManyAsync(Names, "a", Ten, None);

        await Store.ReleaseManyAsync(mine, None);
        var renewed = await Store.RenewManyAsync(mine, Ten, None);
        var taken = await Store.AcquireManyAsync(Names, "b", Ten, None);

        Assert.Empty(renewed);
        Assert.Equal(3, taken.Count);
        Assert.All(taken, lease => Assert.Equal(2, lease.Epoch));
    }

    [Fact]
    public async Task A_release_or_a_renewal_of_an_epoch_that_is_over_touches_nothing()
    {
        var old = await Store.AcquireManyAsync(["sender/1"], "a", Ten, None);
        await RunOutAsync("sender/1");
        var anew = Assert.Single(await Store.AcquireManyAsync(["sender/1"], "a", Ten, None));

        await Store.ReleaseManyAsync(old, None);
        var renewed = await Store.RenewManyAsync(old, Ten, None);

        Assert.True(anew.Epoch > old[0].Epoch);
        Assert.Empty(renewed);
        Assert.Null(await Store.AcquireAsync("sender/1", "b", Ten, None));
    }

    [Fact]
    public async Task A_release_is_told_to_the_other_nodes()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = await Get<IDatabaseSignals>().ListenAsync(SignalChannels.LeaseChannel, payload => told.TrySetResult(payload));
        var mine = await Store.AcquireManyAsync(Names, "a", Ten, None);

        await Store.ReleaseManyAsync(mine, None);

        Assert.Equal("a", await told.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task Of_many_nodes_at_once_one_gets_each()
    {
        var other = Database.AddNode().GetRequiredService<ILeaseStore>();
        var names = Enumerable.Range(0, 40).Select(i => $"sender/{i}").ToList();

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Store : other).AcquireManyAsync([.. names.Skip(i).Concat(names.Take(i))], $"node-{i}", Ten, None))));

        Assert.Equal(names.Order(), taken.SelectMany(leases => leases).Select(lease => lease.Name).Order());
    }

    [Fact]
    public async Task The_living_are_listed_and_the_long_dead_forgotten()
    {
        await Store.AcquireManyAsync(["node/a", "node/b", "sender/1"], "a", Ten, None);
        await RunOutAsync("node/b");

        var living = await Store.ListLivingAsync(LeaseNames.NodePrefix, None);
        var forgotten = await Store.ForgetAsync(LeaseNames.NodePrefix, TimeSpan.FromSeconds(1), None);

        Assert.Equal(["node/a"], living.Select(lease => lease.Name));
        Assert.Equal(1, forgotten);
        Assert.Equal(["node/a"], (await Store.ListAsync(LeaseNames.NodePrefix, None)).Select(lease => lease.Name));
    }

    private static (string, long) KeyOf(Lease lease) => (lease.Name, lease.Epoch);

    /// <summary>The server's clock is not ours to move, so the lease is moved into its past.</summary>
    protected Task RunOutAsync(string name) => Get<IDatabase>().WriteAsync(
        (connection, transaction) => connection.ExecuteAsync("UPDATE leases SET expire_time = 1 WHERE lease_name = @name", new { name }, transaction), None);
}

public sealed class SqliteManyLeaseTests() : ManyLeaseTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlManyLeaseTests() : ManyLeaseTests(DatabaseProvider.PostgreSql)
{
    [Fact]
    public async Task A_node_that_froze_inside_a_claim_keeps_its_sender_and_nothing_else()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var name = LeaseNames.Sender(scene.Tenant, scene.Sender);
        await using var frozen = await Get<IDatabase>().OpenAsync(None);
        await using var claim = await frozen.BeginTransactionAsync();
        await LockAsClaimDoesAsync(frozen, claim, name);

        var renewed = await Store.RenewManyAsync([.. await Store.ListAsync(name, None)], Ten, None).WaitAsync(Limit);
        await RunOutAsync(name);
        var taken = await Store.AcquireManyAsync([name, "sender/free"], "b", Ten, None).WaitAsync(Limit);
        await claim.RollbackAsync();
        var afterwards = await Store.AcquireManyAsync([name], "b", Ten, None);

        Assert.Single(renewed);
        Assert.Equal("sender/free", Assert.Single(taken).Name);
        Assert.True(Assert.Single(afterwards).Epoch > scene.Epoch);
    }

    [Fact]
    public async Task Taking_one_lease_over_waits_for_the_claim_under_it()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var name = LeaseNames.Sender(scene.Tenant, scene.Sender);
        await RunOutAsync(name);
        await using var busy = await Get<IDatabase>().OpenAsync(None);
        await using var claim = await busy.BeginTransactionAsync();
        await LockAsClaimDoesAsync(busy, claim, name);

        var taking = Store.AcquireAsync(name, "b", Ten, None);
        var isFirst = await Task.WhenAny(taking, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, None)) == taking;
        await claim.CommitAsync();

        Assert.False(isFirst);
        Assert.NotNull(await taking.WaitAsync(Limit));
        Assert.True((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None)).LeaseLost);
    }

    private static Task<int> LockAsClaimDoesAsync(DbConnection connection, DbTransaction transaction, string name) =>
        connection.ExecuteAsync("SELECT 1 FROM leases WHERE lease_name = @name FOR KEY SHARE", new { name }, transaction);
}
