using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task A_call_waits_until_the_one_before_has_ended()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IGateGrain>("a");

        var first = grain.Pass("1");
        var second = grain.Pass("2");
        await cluster.Probe.Seen("begin 1");
        var inside = await grain.Look();
        cluster.Probe.Open("2");
        cluster.Probe.Open("1");
        await Task.WhenAll(first, second).WaitAsync(Probe.Limit);

        Assert.Equal(1, inside);
        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2"], cluster.Probe.Events);
    }

    [Fact]
    public async Task Different_grains_do_not_wait_for_each_other()
    {
        await using var cluster = await GrainCluster.StartAsync();

        var held = cluster.Grains.GetGrain<IGateGrain>("a").Pass("a");
        cluster.Probe.Open("b");
        await cluster.Grains.GetGrain<IGateGrain>("b").Pass("b").WaitAsync(Probe.Limit);

        Assert.False(held.IsCompleted);
        cluster.Probe.Open("a");
        await held.WaitAsync(Probe.Limit);
    }

    [Fact]
    public async Task Read_only_calls_interleave_with_each_other_and_not_with_others()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IGateGrain>("a");

        var first = grain.Read("r1");
        var second = grain.Read("r2");
        await cluster.Probe.Seen("begin r1");
        await cluster.Probe.Seen("begin r2");
        var writer = grain.Pass("w");
        var inside = await grain.Look();
        cluster.Probe.Open("r1");
        cluster.Probe.Open("r2");
        cluster.Probe.Open("w");
        await Task.WhenAll(first, second, writer).WaitAsync(Probe.Limit);

        Assert.Equal(2, inside);
        Assert.Equal(["begin w", "end w"], cluster.Probe.Events.TakeLast(2));
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IBusyGrain>("a");

        var first = grain.Pass("1");
        var second = grain.Pass("2");
        await cluster.Probe.Seen("begin 1");
        await cluster.Probe.Seen("begin 2");

        cluster.Probe.Open("1");
        cluster.Probe.Open("2");
        await Task.WhenAll(first, second).WaitAsync(Probe.Limit);
    }

    [Fact]
    public async Task Turns_of_a_reentrant_grain_never_run_at_the_same_time()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IBusyGrain>("a");

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(grain.CountSlowly))).WaitAsync(Probe.Limit);

        Assert.Equal(2_000, counts.Max());
    }

    [Fact]
    public async Task A_full_mailbox_refuses_calls_and_recovers()
    {
        await using var cluster = await GrainCluster.StartAsync(builder => builder.AddSiloBuilderConfigurator<SmallMailbox>());
        var grain = cluster.Grains.GetGrain<IGateGrain>("a");
        cluster.Probe.Open("later");

        var held = grain.Pass("held");
        await cluster.Probe.Seen("begin held");
        var others = Enumerable.Range(0, 10).Select(_ => Record.ExceptionAsync(() => grain.Pass("later"))).ToList();
        var first = await await Task.WhenAny(others).WaitAsync(Probe.Limit);
        cluster.Probe.Open("held");
        var errors = await Task.WhenAll(others).WaitAsync(Probe.Limit);

        Assert.IsType<LimitExceededException>(first);
        Assert.All(errors.OfType<Exception>(), error => Assert.IsType<LimitExceededException>(error));
        Assert.Contains(null, errors);
        await held.WaitAsync(Probe.Limit);
        await grain.Pass("later").WaitAsync(Probe.Limit);
    }

    [Fact]
    public async Task A_caller_that_waits_too_long_gets_a_timeout()
    {
        await using var cluster = await GrainCluster.StartAsync(builder => builder.AddClientBuilderConfigurator<ImpatientClient>());
        var grain = cluster.Grains.GetGrain<IGateGrain>("a");

        var call = grain.Pass("never");
        await cluster.Probe.Seen("begin never");
        var late = grain.Pass("late");
        cluster.Time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(Probe.Limit));
        await Assert.ThrowsAsync<TimeoutException>(() => late.WaitAsync(Probe.Limit));

        // The turn itself goes on; the call that nobody waits for any more is not begun.
        cluster.Probe.Open("never");
        await cluster.Probe.Seen("end never");
        cluster.Probe.Open("next");
        await grain.Pass("next").WaitAsync(Probe.Limit);
        Assert.False(cluster.Probe.HasSeen("begin late"));
    }

    private sealed class SmallMailbox : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
            => siloBuilder.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 3);
    }

    private sealed class ImpatientClient : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder)
            => clientBuilder.Services.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
    }
}
