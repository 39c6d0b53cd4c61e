using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private GrainCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_each_period()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, Period, fails: false);

        _cluster.Time.Advance(TimeSpan.FromSeconds(1.9));
        await grain.Touch();
        Assert.False(_cluster.Probe.HasSeen("tick 1"));
        _cluster.Time.Advance(TimeSpan.FromSeconds(0.1));
        await TickedAsync(grain, "tick 1");
        _cluster.Time.Advance(Period);
        await TickedAsync(grain, "tick 2");
        _cluster.Time.Advance(Period);
        await TickedAsync(grain, "tick 3");
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_timer()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, Period, fails: true);

        _cluster.Time.Advance(Due);
        await TickedAsync(grain, "tick 1");
        _cluster.Time.Advance(Period);
        await TickedAsync(grain, "tick 2");
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, Timeout.InfiniteTimeSpan, fails: false);

        _cluster.Time.Advance(Due);
        await TickedAsync(grain, "tick 1");
        _cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await grain.Touch();

        Assert.False(_cluster.Probe.HasSeen("tick 2"));
    }

    [Fact]
    public async Task A_disposed_timer_does_not_tick()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, Period, fails: false);

        await grain.StopTimer();
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await grain.Touch();

        Assert.False(_cluster.Probe.HasSeen("tick 1"));
    }

    [Fact]
    public async Task A_tick_is_a_turn_that_waits_for_the_running_call()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, Timeout.InfiniteTimeSpan, fails: false);
        var held = grain.Hold("gate");
        await _cluster.Probe.Seen("hold gate");

        _cluster.Time.Advance(Due);
        _cluster.Probe.Open("gate");
        await held.WaitAsync(Probe.Limit);
        await _cluster.Probe.Seen("tick 1");

        Assert.Equal(["activate a", "hold gate", "release gate", "tick 1"], _cluster.Probe.Events);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation_and_does_not_keep_it_alive()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, TimeSpan.FromMinutes(4), fails: false);
        _cluster.Time.Advance(Due);
        await TickedAsync(grain, "tick 1");
        _cluster.Time.Advance(TimeSpan.FromMinutes(4));
        await _cluster.Probe.Seen("tick 2");
        _cluster.Time.Advance(TimeSpan.FromMinutes(4));
        await _cluster.Probe.Seen("tick 3");

        // The last call was eleven minutes ago, the last tick three.
        _cluster.Time.Advance(TimeSpan.FromMinutes(3));
        await _cluster.Probe.Seen("dispose a");
        var ticks = _cluster.Probe.Events.Count(one => one.StartsWith("tick", StringComparison.Ordinal));
        _cluster.Time.Advance(TimeSpan.FromMinutes(30));
        await _cluster.Grains.GetGrain<ILifeGrain>("a").Touch();
        Assert.Equal(ticks, _cluster.Probe.Events.Count(one => one.StartsWith("tick", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_tick_does_not_see_the_request_context_of_the_call_that_started_the_timer()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer("tick", Due, Period, fails: false);

        _cluster.Time.Advance(Due);
        await TickedAsync(grain, "tick 1");

        Assert.False(await grain.TimerSeesContext());
    }

    /// <summary>Waits for a tick and for the end of its turn, which is when the next one is set.</summary>
    private async Task TickedAsync(ILifeGrain grain, string tick)
    {
        await _cluster.Probe.Seen(tick);
        await grain.Touch();
    }
}
