using Herald.Storage;
using Npgsql;
using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class PostgreSqlStateTests() : AdoNetStateTests(DatabaseProvider.PostgreSql)
{
    [Fact]
    public async Task A_write_drops_the_activation_on_another_node_which_then_reads_it()
    {
        await using var other = await OtherNodeAsync();
        var here = Cluster.Grains.GetGrain<ILedgerGrain>("shared/x");
        var there = other.Grains.GetGrain<ILedgerGrain>("shared/x");
        await here.Book(1, "here");
        await HeardAllAsync(other, "marker/1");
        Assert.Equal(1, (await there.Read()).Total);

        await here.Book(2, "here");
        await HeardAllAsync(other, "marker/2");

        Assert.Equal(3, (await there.Read()).Total);
        Assert.Equal(4, (await there.Book(1, "there")).Total);
    }

    [Fact]
    public async Task A_write_does_not_drop_the_activation_that_made_it()
    {
        await using var other = await OtherNodeAsync();
        var here = Cluster.Grains.GetGrain<ILedgerGrain>("a");

        await here.Book(1, "x");
        await here.Book(1, "x");
        await HeardAllAsync(other, "marker");
        await here.Book(1, "x");
        Assert.Equal(["activate a with 0"], Cluster.Probe.Events.Where(one => one.Contains(" a ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_nodes_that_write_at_the_same_time_never_lose_a_booking_that_was_answered()
    {
        await using var other = await OtherNodeAsync();

        var booked = (await Task.WhenAll(BookAsync(Cluster), BookAsync(other)).WaitAsync(Probe.Limit)).Sum();

        await other.Grains.GetGrain<ILedgerGrain>("contested").End();
        Assert.Equal(booked, (await other.Grains.GetGrain<ILedgerGrain>("contested").Read()).Total);

        static async Task<int> BookAsync(GrainCluster cluster)
        {
            var booked = 0;
            for (var count = 0; count < 40; count++)
            {
                var error = await Record.ExceptionAsync(() => cluster.Grains.GetGrain<ILedgerGrain>("contested").Book(1, "x"));
                if (error is null)
                {
                    booked++;
                }
                else
                {
                    Assert.IsType<Storage.InconsistentStateException>(error);
                }
            }

            return booked;
        }
    }

    [Fact]
    public async Task After_a_lost_connection_everything_that_was_read_is_dropped()
    {
        var grain = Cluster.Grains.GetGrain<ILedgerGrain>("a");
        await grain.Read();

        await using (var connection = new NpgsqlConnection(Database.Options.ConnectionString))
        {
            await connection.OpenAsync();
            await using var cut = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND query LIKE 'LISTEN herald_grains%'",
                connection);
            Assert.Equal(1L, await cut.ExecuteScalarAsync());
        }

        // The clock stands still, so the listener tries again when it is moved.
        await Cluster.Probe.Seen("log Orleans.Runtime.Catalog 6");
        Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await Cluster.Probe.Seen("deactivate a ApplicationRequested");
    }

    /// <summary>Waits until another node has heard of all writes so far: notices arrive in the order of the writes.</summary>
    private async Task HeardAllAsync(GrainCluster other, string marker)
    {
        await other.Grains.GetGrain<ILedgerGrain>(marker).Read();
        await Cluster.Grains.GetGrain<ILedgerGrain>(marker).Book(1, "marker");
        await other.Probe.Seen($"deactivate {marker} ApplicationRequested");
    }

    private Task<GrainCluster> OtherNodeAsync() => GrainCluster.StartAsync(Configure);
}
