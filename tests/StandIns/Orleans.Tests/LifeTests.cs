using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class LifeTests : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_grain_is_activated_once_before_its_first_call()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");

        Assert.Empty(_cluster.Probe.Events);
        await Task.WhenAll(grain.Touch(), grain.Touch());

        Assert.Equal(3, await grain.Touch());
        Assert.Equal(["activate a"], _cluster.Probe.Events);
    }

    [Fact]
    public async Task A_grain_that_asks_for_it_is_dropped_after_the_call_and_made_anew_by_the_next()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.Touch();

        await grain.End();
        var touches = await grain.Touch();

        Assert.Equal(1, touches);
        await _cluster.Probe.Seen("dispose a");
        Assert.Equal(2, _cluster.Probe.Events.Count(one => one == "activate a"));
        Assert.Contains("deactivate a ApplicationRequested", _cluster.Probe.Events);
    }

    [Fact]
    public async Task Calls_that_wait_while_a_grain_is_dropped_reach_the_next_activation()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.Touch();
        var held = grain.Hold("gate");
        await _cluster.Probe.Seen("hold gate");
        var end = grain.End();
        var waiting = Enumerable.Range(0, 5).Select(_ => grain.Touch()).ToList();

        _cluster.Probe.Open("gate");
        await Task.WhenAll([held, end, .. waiting]).WaitAsync(Probe.Limit);

        Assert.Equal([1, 2, 3, 4, 5], waiting.Select(one => one.Result));
    }

    [Fact]
    public async Task A_grain_that_fails_to_activate_fails_its_calls_and_is_tried_again_by_the_next()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("broken");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(grain.Touch);

        Assert.Equal("Not today.", error.Message);
        Assert.Equal(1, await grain.Touch());
    }

    [Fact]
    public async Task An_idle_grain_is_collected()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.Touch();

        _cluster.Time.Advance(TimeSpan.FromMinutes(12));
        await _cluster.Probe.Seen("deactivate a ActivationIdle");

        Assert.Equal(1, await grain.Touch());
    }

    [Fact]
    public async Task A_grain_in_use_or_with_a_delay_is_not_collected()
    {
        var used = _cluster.Grains.GetGrain<ILifeGrain>("used");
        var delayed = _cluster.Grains.GetGrain<ILifeGrain>("delayed");
        var idle = _cluster.Grains.GetGrain<ILifeGrain>("idle");
        await used.Touch();
        await delayed.Delay(TimeSpan.FromHours(1));
        await idle.Touch();

        _cluster.Time.Advance(TimeSpan.FromMinutes(6));
        await used.Touch();
        _cluster.Time.Advance(TimeSpan.FromMinutes(6));
        await _cluster.Probe.Seen("deactivate idle ActivationIdle");

        Assert.Equal(3, await used.Touch());
        Assert.Equal(1, await delayed.Touch());
        Assert.DoesNotContain(_cluster.Probe.Events, one => one is "deactivate used ActivationIdle" or "deactivate delayed ActivationIdle");
    }

    [Fact]
    public async Task A_grain_marked_to_be_kept_is_never_collected()
    {
        var kept = _cluster.Grains.GetGrain<IKeptGrain>("a");
        await kept.Touch();
        await _cluster.Grains.GetGrain<ILifeGrain>("idle").Touch();

        _cluster.Time.Advance(TimeSpan.FromDays(3));
        await _cluster.Probe.Seen("deactivate idle ActivationIdle");

        Assert.Equal(2, await kept.Touch());
    }

    [Fact]
    public async Task Stopping_lets_running_turns_end_and_deactivates_every_grain()
    {
        var probe = _cluster.Probe;
        await _cluster.Grains.GetGrain<ILifeGrain>("a").Touch();
        var held = _cluster.Grains.GetGrain<ILifeGrain>("b").Hold("gate");
        await probe.Seen("hold gate");

        var stop = _cluster.Cluster.StopAllSilosAsync();
        await probe.Seen("deactivate a ShuttingDown");
        Assert.False(probe.HasSeen("deactivate b ShuttingDown"));
        probe.Open("gate");
        await stop.WaitAsync(Probe.Limit);

        await held.WaitAsync(Probe.Limit);
        Assert.True(probe.HasSeen("deactivate b ShuttingDown"));
        Assert.True(probe.HasSeen("dispose b"));
    }

    [Fact]
    public async Task A_stopped_silo_refuses_calls()
    {
        var grain = _cluster.Grains.GetGrain<ILifeGrain>("a");
        await grain.Touch();

        await _cluster.Cluster.StopAllSilosAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => grain.Touch().WaitAsync(Probe.Limit));
    }
}
