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

        Assert.InRange(atOnce + nextSecond, 80, 80 + 8);
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

        Assert.Equal(8, pace.Take(1_000));
    }

    [Fact]
    public void The_wait_for_tokens_is_as_long_as_they_take_to_come()
    {
        var pace = new Pace(_time, 80);
        pace.Take(1_000);

        _time.Advance(pace.WaitFor(4));

        Assert.Equal(4, pace.Take(1_000));
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
