using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>Throughput, pair limit and the customer service window, by a clock moved by hand.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(ThroughputLevel.Standard, 80)]
    [InlineData(ThroughputLevel.High, 1000)]
    public async Task A_number_sends_its_throughput_and_no_more(ThroughputLevel level, int perSecond)
    {
        var clock = new TestClock();
        await using var rig = await StartAsync(new LimitOptions(), level, clock);

        var first = await SendManyAsync(rig, perSecond + 5);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var second = await SendManyAsync(rig, perSecond);

        Assert.Equal((perSecond, 5), (first.Accepted, first.RefusedByCode.GetValueOrDefault(130429)));
        Assert.Equal(perSecond / 10, second.Accepted);
    }

    [Fact]
    public async Task Inbound_messages_use_the_same_throughput()
    {
        var clock = new TestClock();
        await using var rig = await StartAsync(new LimitOptions(), ThroughputLevel.Standard, clock);

        for (var message = 0; message < 30; message++)
        {
            await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);
        }

        var sent = await SendManyAsync(rig, 80);

        Assert.Equal(50, sent.Accepted);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    public async Task Over_the_throughput_the_answer_is_130429(int status)
    {
        var clock = new TestClock();
        await using var rig = await StartAsync(new LimitOptions { StandardPerSecond = 1, RateLimitHttpStatus = status }, ThroughputLevel.Standard, clock);
        await rig.SendTextAsync("16505550001", "hi");

        var answer = await rig.SendTextAsync("16505550002", "hi");

        Assert.Equal(((HttpStatusCode)status, 130429), (answer.Status, answer.Code));
        Assert.Equal("(#130429) Rate limit hit", answer.Message);
        Assert.Equal("Cloud API message throughput has been reached.", answer.Details);
    }

    [Fact]
    public async Task A_pair_may_borrow_45_messages_and_then_one_each_six_seconds()
    {
        var clock = new TestClock();
        await using var rig = await StartAsync(new LimitOptions { StandardPerSecond = 0 }, ThroughputLevel.Standard, clock);

        var codes = new List<int>();
        for (var message = 0; message < 46; message++)
        {
            var answer = await rig.SendTextAsync(Rig.Person, "hi");
            codes.Add(answer.Status == HttpStatusCode.OK ? 0 : answer.Code);
        }

        clock.Advance(TimeSpan.FromSeconds(5.9));
        var early = await rig.SendTextAsync(Rig.Person, "hi");
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var onTime = await rig.SendTextAsync(Rig.Person, "hi");
        var other = await rig.SendTextAsync("16505550002", "hi");

        Assert.Equal(45, codes.Count(code => code == 0));
        Assert.Equal(131056, codes[^1]);
        Assert.Equal(131056, early.Code);
        Assert.Equal(HttpStatusCode.OK, onTime.Status);
        Assert.Equal(HttpStatusCode.OK, other.Status);
    }

    [Fact]
    public async Task Outside_the_window_a_text_is_refused_at_once_if_so_switched()
    {
        var clock = new TestClock();
        await using var rig = await StartAsync(new LimitOptions { WindowRefusal = WindowRefusal.Sync }, ThroughputLevel.Standard, clock);

        var before = await rig.SendTextAsync(Rig.Person, "hi");
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hello", null);
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var inside = await rig.SendTextAsync(Rig.Person, "hi");
        clock.Advance(TimeSpan.FromSeconds(1));
        var after = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal((HttpStatusCode.BadRequest, 131047), (before.Status, before.Code));
        Assert.Equal(HttpStatusCode.OK, inside.Status);
        Assert.Equal(131047, after.Code);
    }

    [Fact]
    public async Task Outside_the_window_a_text_is_accepted_and_fails_by_webhook()
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await rig.Receiver.WaitForItemsAsync("statuses", 1, _ => true);
        var status = rig.Receiver.Items("statuses").Single();
        Assert.Equal("failed", status.GetProperty("status").GetString());
        Assert.Equal(131047, status.GetProperty("errors")[0].GetProperty("code").GetInt32());
    }

    private static Task<Rig> StartAsync(LimitOptions limits, ThroughputLevel level, TestClock clock) => Rig.StartAsync(
        url =>
        {
            var options = new SimulatorOptions
            {
                CallbackUrl = url,
                Limits = limits,
                Webhooks = new WebhookOptions { Linger = TimeSpan.Zero },
            };
            options.AddBusiness("Lucky Shrub", new NumberSetup("15550783881") { Level = level });
            return options;
        },
        clock);

    private static async Task<(int Accepted, Dictionary<int, int> RefusedByCode)> SendManyAsync(Rig rig, int count)
    {
        var accepted = 0;
        var refused = new Dictionary<int, int>();
        for (var message = 0; message < count; message++)
        {
            var answer = await rig.SendTextAsync($"1650{5550000 + message}", "hi");
            if (answer.Status == HttpStatusCode.OK)
            {
                accepted++;
            }
            else
            {
                refused[answer.Code] = refused.GetValueOrDefault(answer.Code) + 1;
            }
        }

        return (accepted, refused);
    }
}
