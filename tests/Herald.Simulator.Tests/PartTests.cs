using System.Text;
using System.Text.Json.Nodes;

namespace Herald.Simulator.Tests;

/// <summary>Small parts on their own.</summary>
public sealed class PartTests
{
    [Theory]
    [InlineData("+1 (650) 555-1234", "16505551234")]
    [InlineData("49.30.123456", "4930123456")]
    [InlineData("123456", null)]
    [InlineData("1234567890123456", null)]
    [InlineData("1650555x234", null)]
    public void A_phone_is_read_as_digits(string text, string? digits) => Assert.Equal(digits, PhoneNumbers.TryParse(text));

    [Theory]
    [InlineData("""{"a":[1,true,null,"x\/y"],"b":{}}""")]
    [InlineData("""{"t":"\u00e9\ud83d\ude42\u2028\u0000\"\\\n"}""")]
    public void JSON_is_written_as_Meta_writes_it(string json) =>
        Assert.Equal(json, Encoding.ASCII.GetString(MetaJson.Serialize(JsonNode.Parse(json)!)));

    [Fact]
    public void A_message_id_is_base64_of_a_record_with_the_phone()
    {
        var one = Wamid.Create(1, "106540352242922", "16505551234", outgoing: true, 0);
        var two = Wamid.Create(1, "106540352242922", "16505551234", outgoing: true, 1);

        Assert.StartsWith("wamid.HBgLMTY1MDU1NTEyMzQVAgARGB", one, StringComparison.Ordinal);
        Assert.Contains("16505551234", Encoding.ASCII.GetString(Convert.FromBase64String(one[6..])), StringComparison.Ordinal);
        Assert.NotEqual(one, two);
        Assert.Equal(one, Wamid.Create(1, "106540352242922", "16505551234", outgoing: true, 0));
    }

    [Fact]
    public void Draws_are_even()
    {
        var buckets = new int[10];
        for (var person = 0; person < 10_000; person++)
        {
            buckets[(int)(SeededHash.Unit(42, "read", $"1650{person:D7}", 0) * 10)]++;
        }

        Assert.All(buckets, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Actions_run_in_the_order_of_their_times_and_then_of_their_scheduling()
    {
        var clock = new TestClock();
        using var scheduler = new Scheduler(clock);
        var log = new List<string>();

        scheduler.After(TimeSpan.FromSeconds(2), () => log.Add("c"));
        scheduler.After(TimeSpan.FromSeconds(1), () =>
        {
            log.Add("a");
            scheduler.After(TimeSpan.Zero, () => log.Add("b"));
        });
        scheduler.After(TimeSpan.FromSeconds(2), () => log.Add("d"));
        scheduler.After(TimeSpan.FromDays(60), () => log.Add("e"));
        clock.Advance(TimeSpan.FromSeconds(1));
        var early = log.ToArray();
        clock.Advance(TimeSpan.FromDays(61));

        Assert.Equal(["a", "b"], early);
        Assert.Equal(["a", "b", "c", "d", "e"], log);
        Assert.Equal(0, scheduler.Pending);
    }

    [Theory]
    [InlineData("a,b{c,d},e", new[] { "a", "b", "e" })]
    [InlineData(" a , a,pricing.start(1).end(2),", new[] { "a", "pricing" })]
    public void Fields_are_read_at_the_top_level(string fields, string[] names) => Assert.Equal(names, FieldSelector.Names(fields));

    [Fact]
    public async Task Options_out_of_range_are_refused_with_name_value_and_rule()
    {
        var open = new SimulatorOptions { Url = new Uri("http://192.0.2.1:80") };
        var shares = new SimulatorOptions { Behaviour = new BehaviourOptions { FailureShares = new Dictionary<int, double> { [131026] = 0.7, [131049] = 0.7 } } };

        var address = await Assert.ThrowsAsync<ArgumentException>(() => SimulatorHost.StartAsync(open, CancellationToken.None));
        var sum = await Assert.ThrowsAsync<ArgumentException>(() => SimulatorHost.StartAsync(shares, CancellationToken.None));

        Assert.StartsWith("Url is http://192.0.2.1/; it must be an http address of this machine.", address.Message, StringComparison.Ordinal);
        Assert.StartsWith("FailureShares is 1.4; it must be 0 to 1, also in sum.", sum.Message, StringComparison.Ordinal);
    }
}
