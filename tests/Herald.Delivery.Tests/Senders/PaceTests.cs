using Herald.Delivery.Senders;
using Herald.Testing;

namespace Herald.Delivery.Tests.Senders;

public sealed class PaceTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(1_000)]
    public void A_minute_gives_sixty_times_the_rate(int rate)
    {
        var pace = new Pace(_time, rate);

        Assert.InRange(TakeFor(pace, TimeSpan.FromMinutes(1)), rate * 60 * 0.98, rate * 60 * 1.02);
    }

    [Fact]
    public void No_second_carries_two_bursts()
    {
        var pace = new Pace(_time, 80);
        _time.Advance(TimeSpan.FromSeconds(10));

        var atOnce = pace.Take(1_000);
        var nextSecond = TakeFor(pace, TimeSpan.FromSeconds(1));

        Assert.InRange(atOnce + nextSecond, 80, 80 + 16);
    }

    [Fact]
    public void What_comes_in_counts_too()
    {
        var pace = new Pace(_time, 80);
        pace.Take(1_000);

        pace.CountInbound(8);

        Assert.InRange(TakeFor(pace, TimeSpan.FromSeconds(1)), 70, 74);
    }

    [Fact]
    public void A_limit_halves_the_rate_once_a_second_and_it_comes_back_in_steps()
    {
        var pace = new Pace(_time, 80);

        for (var i = 0; i < 20; i++)
            pace.SlowDown();

        Assert.Equal(40, pace.RatePerSecond);
        TakeFor(pace, TimeSpan.FromSeconds(2));
        Assert.InRange(pace.RatePerSecond, 47, 57);
        TakeFor(pace, TimeSpan.FromSeconds(10));
        Assert.Equal(80, pace.RatePerSecond);
    }

    [Fact]
    public void The_rate_never_falls_to_nothing()
    {
        var pace = new Pace(_time, 80);

        for (var i = 0; i < 50; i++)
        {
            pace.SlowDown();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, pace.RatePerSecond);
    }

    [Fact]
    public void Tokens_given_back_can_be_taken_again_but_never_exceed_the_burst()
    {
        var pace = new Pace(_time, 80);
        var taken = pace.Take(1_000);

        pace.GiveBack(taken);
        pace.GiveBack(1_000);

        Assert.Equal(16, pace.Take(1_000));
    }

    [Fact]
    public void The_wait_for_tokens_is_as_long_as_they_take_to_come()
    {
        var pace = new Pace(_time, 80);
        pace.Take(1_000);

        _time.Advance(pace.WaitFor(4));

        Assert.Equal(4, pace.Take(1_000));
    }

    [Fact]
    public void While_Meta_works_on_the_number_nothing_leaves_and_then_it_begins_slowly()
    {
        var pace = new Pace(_time, 80);

        pace.HoldFor(TimeSpan.FromSeconds(20));

        Assert.Equal(0, TakeFor(pace, TimeSpan.FromSeconds(19.9)));
        Assert.InRange(pace.WaitFor(4), TimeSpan.Zero, TimeSpan.FromSeconds(0.1));
        Assert.InRange(TakeFor(pace, TimeSpan.FromSeconds(1)), 2, 12);
        TakeFor(pace, TimeSpan.FromSeconds(12));
        Assert.Equal(80, pace.RatePerSecond);
        Assert.Null(pace.HeldUntil);
    }

    [Fact]
    public void A_hold_that_is_ended_lets_messages_go_at_once_and_slowly()
    {
        var pace = new Pace(_time, 80);
        pace.HoldFor(TimeSpan.FromSeconds(20));

        pace.EndHold();

        Assert.Null(pace.HeldUntil);
        Assert.InRange(TakeFor(pace, TimeSpan.FromSeconds(1)), 2, 12);
    }

    [Fact]
    public void A_hold_from_before_the_clock_was_set_back_by_hours_is_no_hold()
    {
        var pace = new Pace(_time, 80);

        pace.Restore(80, _time.GetUtcNow() + TimeSpan.FromHours(2));

        Assert.InRange(pace.Take(100), 1, 16);
    }

    [Fact]
    public void A_lowered_rate_goes_on_with_the_next_owner()
    {
        var pace = new Pace(_time, 80);

        pace.Restore(20, null);

        Assert.Equal(20, pace.RatePerSecond);
        Assert.InRange(TakeFor(pace, TimeSpan.FromSeconds(0.9)), 17, 23);
    }

    [Fact]
    public void Refusals_just_after_a_step_up_halve_the_rate_at_once()
    {
        var pace = new Pace(_time, 80);
        pace.SlowDown();
        TakeFor(pace, TimeSpan.FromSeconds(1.05));
        Assert.Equal(48, pace.RatePerSecond);

        pace.SlowDown();

        Assert.Equal(24, pace.RatePerSecond);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(1_000)]
    public void Answers_that_jump_to_seconds_are_a_sign_within_seconds_at_any_rate(int rate)
    {
        var pace = new Pace(_time, rate);
        var usual = AnswerFor(pace, rate, TimeSpan.FromSeconds(20), _ => 150);

        var signs = AnswerFor(pace, rate, TimeSpan.FromSeconds(3), _ => 5_000);

        Assert.Equal(0, usual);
        Assert.InRange(signs, 1, 3);
        Assert.True(pace.RatePerSecond <= rate / 2.0);
    }

    [Theory]
    [InlineData(20, 5)]
    [InlineData(20, 60)]
    [InlineData(80, 5)]
    [InlineData(80, 60)]
    [InlineData(1_000, 5)]
    [InlineData(1_000, 60)]
    public void Answers_that_take_ever_longer_are_a_sign_however_fast_they_rise(int rate, int riseSeconds)
    {
        var pace = new Pace(_time, rate);
        AnswerFor(pace, rate, TimeSpan.FromSeconds(20), _ => 100);

        var signs = AnswerFor(pace, rate, TimeSpan.FromSeconds(riseSeconds), passed => 100 + (4_900 * (passed.TotalSeconds / riseSeconds)));

        Assert.InRange(signs, 1, riseSeconds);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1_000)]
    public void Answers_that_stay_slow_become_the_usual_within_minutes(int rate)
    {
        var pace = new Pace(_time, rate);
        AnswerFor(pace, rate, TimeSpan.FromSeconds(20), _ => 100);
        AnswerFor(pace, rate, TimeSpan.FromMinutes(3), _ => 2_000);

        Assert.Equal(0, AnswerFor(pace, rate, TimeSpan.FromMinutes(1), _ => 2_000));
    }

    [Fact]
    public void A_single_slow_answer_after_a_long_silence_is_no_sign()
    {
        var pace = new Pace(_time, 80);
        AnswerFor(pace, 80, TimeSpan.FromSeconds(20), _ => 100);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(pace.CountLatency(TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public void Answers_that_are_always_slow_are_none()
    {
        var pace = new Pace(_time, 80);

        Assert.Equal(0, AnswerFor(pace, 80, TimeSpan.FromSeconds(20), passed => 2_000 + (passed.TotalMilliseconds % 200)));
    }

    /// <summary>So many answers a second, however fast the pace is. How many signs they gave.</summary>
    private int AnswerFor(Pace pace, int perSecond, TimeSpan span, Func<TimeSpan, double> latencyMs)
    {
        var (interval, signs) = (TimeSpan.FromSeconds(1) / perSecond, 0);
        for (var passed = TimeSpan.Zero; passed < span; passed += interval)
        {
            _time.Advance(interval);
            signs += pace.CountLatency(TimeSpan.FromMilliseconds(latencyMs(passed))) ? 1 : 0;
        }
        return signs;
    }

    private int TakeFor(Pace pace, TimeSpan span)
    {
        var taken = 0;
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMilliseconds(10))
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            taken += pace.Take(1_000);
        }
        return taken;
    }
}
