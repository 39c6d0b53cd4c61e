using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task Incoming_filters_wrap_each_other_and_the_call_in_the_order_of_registration()
    {
        await using var cluster = await GrainCluster.StartAsync(builder => builder.AddSiloBuilderConfigurator<TwoIncoming>());

        var answer = await cluster.Grains.GetGrain<IEchoGrain>("a").Echo("x");

        Assert.Equal("[<x>]", answer);
        Assert.Equal(["outer Echo echo/a", "inner EchoGrain.Echo", "inner done", "outer done"], cluster.Probe.Events);
    }

    [Fact]
    public async Task A_grain_can_be_the_filter_of_its_own_calls()
    {
        await using var cluster = await GrainCluster.StartAsync();

        Assert.Equal("own work", await cluster.Grains.GetGrain<ISelfFilteringGrain>("a").Work());
    }

    [Fact]
    public async Task An_incoming_filter_can_answer_without_calling_the_grain_or_turn_its_error_into_another()
    {
        await using var cluster = await GrainCluster.StartAsync(builder => builder.AddSiloBuilderConfigurator<ErrorFilter>());

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => cluster.Grains.GetGrain<IEchoGrain>("a").Fail("x"));

        Assert.Equal("was: x", error.Message);
    }

    [Fact]
    public async Task An_outgoing_filter_of_the_client_can_repeat_a_call()
    {
        await using var cluster = await GrainCluster.StartAsync(builder => builder.AddClientBuilderConfigurator<RepeatingClient>());

        // The first try fails to activate; the filter tries once more.
        Assert.Equal(1, await cluster.Grains.GetGrain<ILifeGrain>("broken").Touch());
        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Grains.GetGrain<IEchoGrain>("a").Fail("again"));
    }

    [Fact]
    public async Task An_outgoing_filter_of_the_silo_wraps_the_calls_of_its_host_and_its_grains()
    {
        await using var cluster = await GrainCluster.StartAsync(builder => builder.AddSiloBuilderConfigurator<NotingSilo>());
        var hosted = cluster.Silo.GetRequiredService<IGrainFactory>();

        await hosted.GetGrain<IEchoGrain>("a").Echo("x");
        await cluster.Grains.GetGrain<IEchoGrain>("a").EchoBy("b", "y");

        Assert.Equal(["from nobody to echo/a Echo", "from echo/a to echo/b Echo"], cluster.Probe.Events);
    }

    [Fact]
    public async Task A_filter_that_repeats_a_call_after_a_lost_write_makes_it_succeed()
    {
        await using var cluster = await GrainCluster.StartAsync(builder =>
        {
            builder.AddSiloBuilderConfigurator<Documents>();
            builder.AddClientBuilderConfigurator<RepeatingClient>();
        });
        var ledger = cluster.Grains.GetGrain<ILedgerGrain>("a");
        await ledger.Book(1, "first");
        var storage = cluster.Silo.GetRequiredKeyedService<IGrainStorage>("documents");
        var behind = new GrainState<LedgerState>();
        await storage.ReadStateAsync("ledger", ledger.GetGrainId(), behind);
        behind.State.Total = 100;
        await storage.WriteStateAsync("ledger", ledger.GetGrainId(), behind);

        Assert.Equal(105, (await ledger.Book(5, "second")).Total);
    }

    private sealed class Documents : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddMemoryGrainStorage("documents");
    }

    private sealed class TwoIncoming : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.AddIncomingGrainCallFilter<Outer>();
            siloBuilder.AddIncomingGrainCallFilter<Inner>();
        }
    }

    private sealed class Outer(Probe probe) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            probe.Note($"outer {context.MethodName} {context.TargetId}");
            await context.Invoke();
            context.Result = $"[{context.Result}]";
            probe.Note("outer done");
        }
    }

    private sealed class Inner(Probe probe) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            probe.Note($"inner {context.Grain.GetType().Name}.{context.ImplementationMethod.Name}");
            await context.Invoke();
            context.Result = $"<{context.Result}>";
            probe.Note("inner done");
        }
    }

    private sealed class ErrorFilter : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddIncomingGrainCallFilter(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException error)
            {
                throw new NotSupportedException($"was: {error.Message}");
            }
        });
    }

    private sealed class RepeatingClient : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder)
            => clientBuilder.AddOutgoingGrainCallFilter<RepeatOnce>();
    }

    private sealed class RepeatOnce : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            try
            {
                await context.Invoke();
            }
            catch (Exception error) when (error is InvalidOperationException or InconsistentStateException)
            {
                await context.Invoke();
            }
        }
    }

    private sealed class NotingSilo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddOutgoingGrainCallFilter<Noting>();
    }

    private sealed class Noting(Probe probe) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            probe.Note($"from {context.SourceContext?.GrainId.ToString() ?? "nobody"} to {context.TargetId} {context.MethodName}");
            return context.Invoke();
        }
    }
}
