using Herald.Domain.Contacts;

namespace Herald.Domain.Tests.Contacts;

public sealed class MarketingHoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 16, 20, 0, TimeSpan.Zero);
    private readonly SeededRandomSource _random = new(1);

    [Fact]
    public void Each_retry_waits_longer_and_ends_at_another_hour_and_three_fit_into_seven_days()
    {
        var hold = MarketingHold.After(null, Start, _random);
        var waits = new List<TimeSpan> { hold.Until - hold.Time };
        while (hold.MayRetry)
        {
            Assert.NotEqual(hold.Time.Hour, hold.Until.Hour);
            hold = MarketingHold.After(hold, hold.Until, _random);
            waits.Add(hold.Until - hold.Time);
        }

        Assert.Equal(MarketingHold.RetriesMax + 1, hold.Count);
        Assert.True(hold.Time - Start < MarketingHold.Period);
        Assert.All(waits, wait => Assert.True(wait > TimeSpan.FromDays(1)));
        Assert.Equal(waits.Take(3), waits.Take(3).Order());
    }

    [Fact]
    public void The_same_failure_told_again_changes_nothing()
    {
        var hold = MarketingHold.After(null, Start, _random);

        Assert.Same(hold, MarketingHold.After(hold, Start, _random));
        Assert.Same(hold, MarketingHold.After(hold, Start.AddSeconds(-1), _random));
    }

    [Fact]
    public void After_seven_days_a_new_series_begins()
    {
        var hold = MarketingHold.After(null, Start, _random) with { Count = MarketingHold.RetriesMax + 1 };

        var next = MarketingHold.After(hold, Start + MarketingHold.Period, _random);

        Assert.Equal((1, Start + MarketingHold.Period, true), (next.Count, next.Since, next.MayRetry));
    }
}
