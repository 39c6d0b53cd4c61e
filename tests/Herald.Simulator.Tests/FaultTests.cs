using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>Faults in the way of sends.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_server_error_is_HTML_and_processes_nothing()
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.SetFaults(new FaultSettings { ServerErrorShare = 1 });

        var answer = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Contains(answer.Status, new[] { HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable });
        Assert.StartsWith("<!DOCTYPE html>", answer.Text, StringComparison.Ordinal);
        Assert.Equal((0, 1), (rig.Control.GetState().AcceptedSends, rig.Control.GetState().FaultsInjected));
    }

    [Fact]
    public async Task A_server_error_after_processing_hides_an_accepted_send()
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.SetFaults(new FaultSettings { ServerErrorAfterShare = 1 });

        var answer = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.True((int)answer.Status >= 500);
        Assert.Equal(1, rig.Control.GetState().AcceptedSends);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_connection_can_be_cut_before_or_after_processing(bool after, int accepted)
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.SetFaults(after ? new FaultSettings { AbortAfterShare = 1 } : new FaultSettings { AbortBeforeShare = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => rig.SendTextAsync(Rig.Person, "hi"));

        Assert.Equal(accepted, rig.Control.GetState().AcceptedSends);
    }

    [Theory]
    [InlineData(131000, HttpStatusCode.InternalServerError, "(#131000) Something went wrong")]
    [InlineData(4, HttpStatusCode.BadRequest, "(#4) Application request limit reached")]
    [InlineData(131031, HttpStatusCode.Forbidden, "(#131031) Business Account locked")]
    public async Task Any_error_of_the_table_can_be_injected(int code, HttpStatusCode status, string message)
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.SetFaults(new FaultSettings { ErrorShare = 1, ErrorCode = code });

        var answer = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal((status, code, message), (answer.Status, answer.Code, answer.Message));
    }

    [Fact]
    public async Task Faults_hit_the_same_sends_for_the_same_seed_and_spare_other_calls()
    {
        await using var one = await Rig.StartAsync();
        await using var two = await Rig.StartAsync();

        var first = await HitsAsync(one);
        var second = await HitsAsync(two);

        Assert.Equal(first, second);
        Assert.InRange(first.Count(hit => hit), 5, 35);
    }

    [Fact]
    public async Task A_latency_delays_the_answer_by_the_clock()
    {
        var clock = new TestClock();
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions { CallbackUrl = url, Webhooks = new WebhookOptions { Linger = TimeSpan.Zero } }, clock);
        rig.Control.SetFaults(new FaultSettings { Latency = TimeSpan.FromSeconds(3) });

        var pending = rig.SendTextAsync(Rig.Person, "hi");
        await clock.TimerSetAsync(TimeSpan.FromSeconds(3));
        var early = rig.Control.GetState().AcceptedSends;
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(HttpStatusCode.OK, (await pending.WaitAsync(Rig.Limit)).Status);
        Assert.Equal((0, 1), (early, rig.Control.GetState().AcceptedSends));
    }

    [Fact]
    public async Task A_stalled_call_is_processed_at_once_and_answered_late()
    {
        var clock = new TestClock();
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions { CallbackUrl = url, Webhooks = new WebhookOptions { Linger = TimeSpan.Zero } }, clock);
        rig.Control.SetFaults(new FaultSettings { StallShare = 1, StallTime = TimeSpan.FromMinutes(5) });

        var pending = rig.SendTextAsync(Rig.Person, "hi");
        await clock.TimerSetAsync(TimeSpan.FromMinutes(5));
        var (accepted, isAnswered) = (rig.Control.GetState().AcceptedSends, pending.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((1, false), (accepted, isAnswered));
        Assert.Equal(HttpStatusCode.OK, (await pending.WaitAsync(Rig.Limit)).Status);
    }

    private static async Task<List<bool>> HitsAsync(Rig rig)
    {
        rig.Control.SetFaults(new FaultSettings { ErrorShare = 0.5 });
        var hits = new List<bool>();
        for (var person = 0; person < 40; person++)
        {
            hits.Add((await rig.SendTextAsync($"1650555{person:D4}", "hi")).Status != HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.OK, (await rig.GetAsync($"v23.0/{rig.Number}")).Status);
        }

        return hits;
    }
}
