using Herald.Delivery.Senders;
using Herald.Domain;
using Herald.Testing;
using Herald.WhatsApp;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;

namespace Herald.Delivery.Tests.Senders;

public sealed class OutageTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);
    private static readonly SendResult Taken = new SendResult.Accepted("wamid.1", "accepted", null, null);
    private static readonly SendResult BadGateway = new SendResult.Unknown(UnknownKind.ServerError, 502);
    private readonly ManualTimeProvider _time = new();
    private readonly PriorityQueue<(long AskedAt, SendResult Result, TimeSpan Latency), DateTimeOffset> _underWay = new();

    public static TheoryData<string> Losses => new(LostResults.Keys.ToArray());

    private static IReadOnlyDictionary<string, SendResult> LostResults { get; } = new Dictionary<string, SendResult>
    {
        ["502"] = BadGateway,
        ["time-out"] = new SendResult.Unknown(UnknownKind.Timeout, null),
        ["connection lost"] = new SendResult.Unknown(UnknownKind.ConnectionLost, null),
        ["connection refused"] = new SendResult.NotSent(NotSentKind.Connection),
        ["no name"] = new SendResult.NotSent(NotSentKind.NameResolution),
        ["code 1"] = Refused(1, 500),
        ["code 2"] = Refused(2, 503),
        ["code 131000"] = Refused(131000, 500),
        ["code 131016"] = Refused(131016, 500),
        ["unlisted 500"] = Refused(990_500, 500),
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Ten_minutes_without_an_answer_cost_some_probes_and_seconds_after_the_first_answer_it_goes_on(string loss)
    {
        var pace = new Pace(_time, 80);
        RunFor(pace, TimeSpan.FromSeconds(5), _ => Taken);

        var lost = RunFor(pace, TimeSpan.FromMinutes(10), _ => LostResults[loss]);
        var afterwards = RunFor(pace, TimeSpan.FromSeconds(20), _ => Taken);

        // Besides the probes, what was under way when it began.
        Assert.InRange(lost, 20, 110);
        Assert.InRange(afterwards, 400, 1_600);
        Assert.Equal(80, pace.RatePerSecond);
    }

    [Fact]
    public void A_short_outage_is_over_within_two_seconds_of_its_end()
    {
        var pace = new Pace(_time, 80);
        RunFor(pace, TimeSpan.FromSeconds(3), _ => BadGateway);

        Assert.InRange(RunFor(pace, TimeSpan.FromSeconds(4), _ => Taken), 60, 320);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(1_000)]
    public void One_lost_answer_in_twenty_at_random_hardly_slows_the_pace(int rate)
    {
        var random = new SeededRandomSource(11);
        var pace = new Pace(_time, rate);

        var sent = RunFor(pace, TimeSpan.FromMinutes(1), _ => random.Next(100) < 5 ? BadGateway : Taken);

        Assert.InRange(sent, rate * 60 * 0.95, rate * 60 * 1.02);
    }

    [Fact]
    public void One_lost_answer_in_twenty_at_random_is_taken_for_an_outage_once_in_some_hundred_thousand()
    {
        var random = new SeededRandomSource(11);
        var watch = new OutageWatch(_time);
        var outages = 0;

        for (var i = 0; i < 4_000_000; i++)
        {
            if (random.Next(100) >= 5)
                watch.CountAnswer(_time.GetTimestamp());
            else if (watch.CountLoss(_time.GetTimestamp()))
                outages++;
        }

        Assert.InRange(outages, 2, 25);
    }

    [Fact]
    public void When_half_of_all_is_lost_almost_nothing_leaves()
    {
        var random = new SeededRandomSource(11);
        var pace = new Pace(_time, 80);

        var sent = RunFor(pace, TimeSpan.FromMinutes(10), _ => random.Next(100) < 50 ? BadGateway : Taken);

        Assert.InRange(sent, 50, 1_500);
    }

    [Fact]
    public void Refusals_are_answers_and_no_outage()
    {
        var pace = new Pace(_time, 80);

        var sent = RunFor(pace, TimeSpan.FromMinutes(1), _ => Refused(131026, 400));

        Assert.InRange(sent, 4_700, 4_900);
    }

    [Fact]
    public void A_bad_request_is_an_answer_and_no_outage_though_nobody_knows_what_became_of_the_message()
    {
        var pace = new Pace(_time, 80);

        var sent = RunFor(pace, TimeSpan.FromMinutes(1), _ => Refused(1, 400));

        Assert.InRange(sent, 4_700, 4_900);
    }

    [Theory]
    [InlineData(1, 500, 2)]
    [InlineData(131000, 500, 2)]
    [InlineData(131000, 500, 5)]
    [InlineData(990_500, 500, 2)]
    public void A_campaign_of_which_each_message_fails_leaves_the_others_their_pace(int code, int httpStatus, int campaigns)
    {
        var pace = new Pace(_time, 80);

        var sent = RunFor(pace, TimeSpan.FromMinutes(10), turn => turn % campaigns == 0 ? Taken : Refused(code, httpStatus));

        Assert.InRange(sent, 47_500, 48_500);
        Assert.Equal(80, pace.RatePerSecond);
    }

    [Fact]
    public void What_this_node_withheld_is_no_outage()
    {
        var pace = new Pace(_time, 80);

        RunFor(pace, TimeSpan.FromSeconds(30), _ => new SendResult.NotSent(NotSentKind.Withheld));

        Assert.Equal(80, pace.RatePerSecond);
    }

    [Fact]
    public void Time_outs_of_what_was_asked_before_Meta_answered_again_begin_no_new_outage()
    {
        var pace = new Pace(_time, 80);
        var before = _time.GetTimestamp();
        Fail(pace, before, 5);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(1, pace.Take(100));
        Assert.Equal(PaceSign.OutageOver, PaceFeedback.Read(Taken, _time.GetTimestamp(), Latency, pace));
        _time.Advance(TimeSpan.FromSeconds(2));

        Fail(pace, before, 40);

        Assert.True(pace.Take(100) > 1);
    }

    [Fact]
    public void An_answer_to_what_was_asked_before_the_outage_does_not_end_it()
    {
        var pace = new Pace(_time, 80);
        var before = _time.GetTimestamp();
        _time.Advance(Tick);
        Fail(pace, _time.GetTimestamp(), 5);
        _time.Advance(Tick);

        Assert.Equal(PaceSign.None, PaceFeedback.Read(Taken, before, Latency, pace));

        Assert.Equal(0, pace.Take(100));
    }

    [Theory]
    [InlineData(131057, null, 500)]
    [InlineData(2494100, null, 400)]
    [InlineData(100, 2494100, 400)]
    [InlineData(133000, null, 500)]
    [InlineData(133004, null, 503)]
    [InlineData(133015, null, 400)]
    public void While_Meta_works_on_the_number_nothing_leaves(int code, int? subcode, int httpStatus)
    {
        var pace = new Pace(_time, 80);

        Assert.Equal(PaceSign.Maintenance, PaceFeedback.Read(Refused(code, httpStatus, subcode), _time.GetTimestamp(), Latency, pace));

        Assert.True(pace.IsLevelDoubtful);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(0, pace.Take(100));
    }

    [Theory]
    [InlineData(4, 400)]
    [InlineData(17, 400)]
    [InlineData(613, 429)]
    [InlineData(80007, 400)]
    [InlineData(80008, 400)]
    [InlineData(130429, 400)]
    [InlineData(990_429, 429)]
    public void What_Meta_refuses_as_too_much_halves_the_rate(int code, int httpStatus)
    {
        var pace = new Pace(_time, 80);

        Assert.Equal(PaceSign.SlowDown, PaceFeedback.Read(Refused(code, httpStatus), _time.GetTimestamp(), Latency, pace));

        Assert.Equal(40, pace.RatePerSecond);
    }

    [Theory]
    [InlineData(4, 400)]
    [InlineData(17, 400)]
    [InlineData(613, 429)]
    [InlineData(80007, 400)]
    [InlineData(80008, 400)]
    public void While_the_account_is_shut_out_of_calls_few_are_made(int code, int httpStatus)
    {
        var pace = new Pace(_time, 80);
        var refused = Refused(code, httpStatus);
        var shutOut = new SendResult.Refused(refused.Failure with { RetryAfter = TimeSpan.FromHours(1) });

        Assert.Equal(PaceSign.SlowDown, PaceFeedback.Read(shutOut, _time.GetTimestamp(), Latency, pace));
        // To ask for the level would be one more call.
        Assert.False(pace.IsLevelDoubtful);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, pace.Take(100));

        Assert.InRange(RunFor(pace, TimeSpan.FromMinutes(56), _ => shutOut), 5, 60);
        RunFor(pace, TimeSpan.FromMinutes(6), _ => Taken);
        Assert.Equal(80, pace.RatePerSecond);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    public void The_limit_of_one_person_leaves_the_pace_as_it_is(int httpStatus)
    {
        var pace = new Pace(_time, 80);

        Assert.Equal(PaceSign.PairLimit, PaceFeedback.Read(Refused(131056, httpStatus), _time.GetTimestamp(), Latency, pace));

        Assert.Equal(80, pace.RatePerSecond);
    }

    private static SendResult.Refused Refused(int code, int httpStatus, int? subcode = null) => new(new MetaFailure
    {
        Code = code,
        Subcode = subcode,
        HttpStatus = httpStatus,
        Error = MetaErrors.ForAnswer(code, subcode, httpStatus, isTransient: false),
    });

    private static void Fail(Pace pace, long askedAt, int count)
    {
        for (var i = 0; i < count; i++)
            PaceFeedback.Read(BadGateway, askedAt, Latency, pace);
    }

    /// <summary>Sends all that the pace allows; time-outs take thirty seconds, all other answers a tenth of one. How many left.</summary>
    private int RunFor(Pace pace, TimeSpan span, Func<int, SendResult> answer)
    {
        var sent = 0;
        for (var passed = TimeSpan.Zero; passed < span; passed += Tick)
        {
            _time.Advance(Tick);
            // A worker has no more under way than half a second's worth.
            var free = (int)(pace.LevelPerSecond / 2) - _underWay.Count;
            for (var taken = free > 0 ? pace.Take(free) : 0; taken > 0; taken--)
            {
                var result = answer(++sent);
                var latency = result is SendResult.Unknown { Kind: UnknownKind.Timeout } ? TimeSpan.FromSeconds(30) : Latency;
                _underWay.Enqueue((_time.GetTimestamp(), result, latency), _time.GetUtcNow() + latency);
            }
            while (_underWay.TryPeek(out var next, out var dueTime) && dueTime <= _time.GetUtcNow())
            {
                _underWay.Dequeue();
                PaceFeedback.Read(next.Result, next.AskedAt, next.Latency, pace);
            }
        }
        return sent;
    }
}
