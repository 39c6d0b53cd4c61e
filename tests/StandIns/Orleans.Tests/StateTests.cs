using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using Orleans.Tests.Grains;

namespace Orleans.Tests;

/// <summary>What a stored state must do on every storage provider.</summary>
public abstract class StateTests : IAsyncLifetime
{
    protected GrainCluster Cluster { get; private set; } = null!;

    private ILedgerGrain Ledger => Cluster.Grains.GetGrain<ILedgerGrain>("tenants/1/ledgers/a");

    private IGrainStorage Storage => Cluster.Silo.GetRequiredKeyedService<IGrainStorage>("documents");

    public virtual async Task InitializeAsync() => Cluster = await GrainCluster.StartAsync(Configure);

    public virtual async Task DisposeAsync() => await Cluster.DisposeAsync();

    [Fact]
    public async Task A_state_that_was_never_written_is_new()
    {
        Assert.Equal(new LedgerView(0, 0, false, null), await Ledger.Read());
    }

    [Fact]
    public async Task A_written_state_survives_its_activation()
    {
        var written = await Ledger.Book(5, "first ☕");
        await Ledger.End();

        var read = await Ledger.Read();

        Assert.Equal(new LedgerView(5, 1, true, written.Etag), read);
        Assert.NotNull(read.Etag);
    }

    [Fact]
    public async Task States_of_a_grain_and_grains_with_states_do_not_touch_each_other()
    {
        await Ledger.Book(5, "x");
        await Cluster.Grains.GetGrain<ILedgerGrain>("b").Book(7, "y");
        await Ledger.End();

        Assert.Equal(5, (await Ledger.Read()).Total);
        Assert.Equal(7, (await Cluster.Grains.GetGrain<ILedgerGrain>("b").Read()).Total);
    }

    [Fact]
    public async Task A_cleared_state_is_new_again()
    {
        await Ledger.Book(5, "x");

        var cleared = await Ledger.Clear();
        await Ledger.End();

        Assert.Equal((0, 0, false), (cleared.Total, cleared.Lines, cleared.IsStored));
        Assert.Equal((0, 0, false), await ReadAsync());
        Assert.Equal(3, (await Ledger.Book(3, "afresh")).Total);

        async Task<(int Total, int Lines, bool IsStored)> ReadAsync()
        {
            var view = await Ledger.Read();
            return (view.Total, view.Lines, view.IsStored);
        }
    }

    [Fact]
    public async Task A_lost_write_fails_and_the_next_call_sees_what_is_stored()
    {
        await Ledger.Book(5, "x");
        await WriteBehindAsync(100);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Ledger.Book(1, "lost"));

        Assert.Equal(100, (await Ledger.Read()).Total);
        Assert.Equal(101, (await Ledger.Book(1, "kept")).Total);
    }

    [Fact]
    public async Task A_first_write_that_another_made_first_is_lost()
    {
        await Ledger.Read();
        await WriteBehindAsync(100);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Ledger.Book(1, "lost"));

        Assert.Equal(100, (await Ledger.Read()).Total);
    }

    [Fact]
    public async Task A_clear_that_was_overtaken_is_lost()
    {
        await Ledger.Book(5, "x");
        await WriteBehindAsync(100);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Ledger.Clear());

        Assert.Equal(100, (await Ledger.Read()).Total);
    }

    [Fact]
    public async Task A_grain_can_catch_a_lost_write_itself_and_read_again()
    {
        await Ledger.Book(5, "x");
        await WriteBehindAsync(100);

        Assert.False(await Ledger.TryBook(1));
        Assert.Equal(100, (await Ledger.Reload()).Total);
        Assert.True(await Ledger.TryBook(1));
    }

    [Fact]
    public async Task A_lost_write_drops_the_grain_that_lost_and_not_the_one_that_called_it()
    {
        var caller = Cluster.Grains.GetGrain<ILedgerGrain>("caller");
        await caller.Read();
        await Ledger.Book(5, "x");
        await WriteBehindAsync(100);

        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.BookBy("tenants/1/ledgers/a", 1));
        await Ledger.Read();
        await caller.Read();

        Assert.Equal(1, Cluster.Probe.Events.Count(one => one.StartsWith("activate caller", StringComparison.Ordinal)));
        Assert.Contains("deactivate tenants/1/ledgers/a ApplicationError", Cluster.Probe.Events);
    }

    protected abstract void Configure(TestClusterBuilder builder);

    /// <summary>Writes a grain's state as another node would.</summary>
    private async Task WriteBehindAsync(int total)
    {
        var id = Ledger.GetGrainId();
        var state = new GrainState<LedgerState>();
        await Storage.ReadStateAsync("ledger", id, state);
        state.State ??= new LedgerState();
        state.State.Total = total;
        await Storage.WriteStateAsync("ledger", id, state);
    }
}
