using Orleans.Runtime;
using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class CallTests : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_call_brings_back_what_the_grain_answers()
    {
        var grain = _cluster.Grains.GetGrain<IEchoGrain>("a");

        Assert.Equal("hello", await grain.Echo("hello"));
        Assert.Equal(5, await grain.Add(2, 3));
        Assert.Null(await grain.NullText());
        await grain.Nothing();
    }

    [Fact]
    public async Task An_error_of_the_grain_reaches_the_caller()
    {
        var grain = _cluster.Grains.GetGrain<IEchoGrain>("a");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("out of order"));

        Assert.Equal("out of order", error.Message);
        Assert.Equal("still here", await grain.Echo("still here"));
    }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        Assert.Equal("tenants/7/campaigns/ä", await _cluster.Grains.GetGrain<IEchoGrain>("tenants/7/campaigns/ä").Key());
    }

    [Fact]
    public async Task All_references_to_a_key_reach_the_same_activation()
    {
        await _cluster.Grains.GetGrain<IEchoGrain>("a").CountCalls();

        Assert.Equal(2, await _cluster.Grains.GetGrain<IEchoGrain>("a").CountCalls());
        Assert.Equal(1, await _cluster.Grains.GetGrain<IEchoGrain>("b").CountCalls());
    }

    [Fact]
    public async Task A_grain_calls_other_grains()
    {
        Assert.Equal("round", await _cluster.Grains.GetGrain<IEchoGrain>("a").EchoBy("b", "round"));
    }

    [Fact]
    public async Task The_request_context_goes_along_with_calls_and_does_not_come_back()
    {
        RequestContext.Set("trace", "42");
        var grain = _cluster.Grains.GetGrain<IEchoGrain>("a");

        Assert.Equal("42", await grain.ReadContext("trace"));
        Assert.Equal("42", await grain.ReadContextBy("b", "trace"));
        await grain.WriteContext("other", "x");
        Assert.Null(RequestContext.Get("other"));
        Assert.Null(await grain.ReadContext("other"));
        Assert.True(RequestContext.Remove("trace"));
        Assert.Null(await grain.ReadContext("trace"));
    }

    [Fact]
    public async Task Other_ambient_values_of_the_caller_do_not_reach_the_grain()
    {
        EchoGrain.Ambient.Value = "here";

        Assert.False(await _cluster.Grains.GetGrain<IEchoGrain>("a").SeesAmbient());
    }

    [Fact]
    public async Task A_grain_hands_out_a_reference_to_itself()
    {
        var grain = _cluster.Grains.GetGrain<IEchoGrain>("a");

        var self = await grain.Self();

        Assert.Equal("a", await self.Key());
        Assert.Equal(grain.GetGrainId(), self.GetGrainId());
        Assert.Equal("a", self.GetPrimaryKeyString());
    }

    [Fact]
    public void References_to_the_same_grain_are_equal()
    {
        Assert.Equal(_cluster.Grains.GetGrain<IEchoGrain>("a"), _cluster.Grains.GetGrain<IEchoGrain>("a"));
        Assert.NotEqual(_cluster.Grains.GetGrain<IEchoGrain>("a"), _cluster.Grains.GetGrain<IEchoGrain>("b"));
    }

    [Fact]
    public async Task A_grain_can_be_asked_for_by_a_type_or_an_identity()
    {
        var byType = (IEchoGrain)_cluster.Grains.GetGrain(typeof(IEchoGrain), "a");
        var byId = _cluster.Grains.GetGrain<IEchoGrain>(GrainId.Create("echo", "a"));

        Assert.Equal("a", await byType.Key());
        Assert.Equal("a", await byId.Key());
    }

    [Fact]
    public void An_interface_without_a_class_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _cluster.Grains.GetGrain<INobody>("a"));
    }

    [Fact]
    public async Task A_one_way_call_does_not_wait_for_the_grain()
    {
        var grain = _cluster.Grains.GetGrain<IGateGrain>("a");

        await grain.Tell("x");
        await _cluster.Probe.Seen("begin x");

        Assert.False(_cluster.Probe.HasSeen("end x"));
        _cluster.Probe.Open("x");
        await _cluster.Probe.Seen("end x");
    }

    public interface INobody : IGrainWithStringKey
    {
        Task Call();
    }
}
