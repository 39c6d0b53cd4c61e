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
    public void Answers_that_take_ever_longer_are_a_sign_to_slow_down()
    {
        var pace = new Pace(_time, 80);
        for (var i = 0; i < 200; i++)
            Assert.False(pace.CountLatency(TimeSpan.FromMilliseconds(150)));

        var signs = Enumerable.Range(0, 30).Count(_ => pace.CountLatency(TimeSpan.FromSeconds(5)));

        Assert.InRange(signs, 1, 15);
        Assert.True(pace.RatePerSecond <= 40);
    }

    [Fact]
    public void Answers_that_are_always_slow_are_none()
    {
        var pace = new Pace(_time, 80);

        for (var i = 0; i < 1_000; i++)
            Assert.False(pace.CountLatency(TimeSpan.FromSeconds(2) + TimeSpan.FromMilliseconds(i % 200)));
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
