using Herald.Domain.Messages;
using Herald.Domain.Portfolios;

namespace Herald.Domain.Tests.Portfolios;

public sealed class PortfolioBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("TIER_250", 250)]
    [InlineData("TIER_2K", 2_000)]
    [InlineData("TIER_10K", 10_000)]
    [InlineData("tier_100k", 100_000)]
    [InlineData("TIER_UNLIMITED", null)]
    [InlineData("TIER_OF_TOMORROW", null)]
    [InlineData(null, null)]
    public void Tiers_are_read_and_unknown_ones_leave_the_limit_to_Meta(string? tier, int? peopleMax) =>
        Assert.Equal(peopleMax, PortfolioTier.PeopleMax(tier));

    [Fact]
    public void Marketing_leaves_the_reserve_and_transactional_takes_it()
    {
        var budget = new PortfolioBudget(10, 20, Now, [Span(TimeSpan.FromHours(-1), 7)]);

        var marketing = Take(budget, MessageClass.Marketing, 5);
        var utility = Take(budget, MessageClass.Utility, 5);

        Assert.Equal((1, 2, 10L), (marketing, utility, budget.Reached));
    }

    [Fact]
    public void People_count_for_a_day_and_at_most_one_span_longer()
    {
        var justCounting = new PortfolioBudget(10, 0, Now, [Span(TimeSpan.FromHours(-24), 10)]);
        var over = new PortfolioBudget(10, 0, Now, [Span(TimeSpan.FromHours(-24) - PortfolioBudget.SpanWidth, 10)]);

        Assert.Equal((10L, 0L), (justCounting.Reached, over.Reached));
    }

    [Fact]
    public void What_is_put_off_fills_the_rooms_in_the_order_in_which_they_become_free()
    {
        var budget = new PortfolioBudget(5, 0, Now, [Span(TimeSpan.FromHours(-3), 2), Span(TimeSpan.FromHours(-20), 3)]);

        var times = Enumerable.Range(0, 7).Select(_ => Hours(budget.Postpone(MessageClass.Marketing))).ToList();

        // 24 hours and one span after each; the last two find no room within the day.
        Assert.Equal([4.17, 4.17, 4.17, 21.17, 21.17, 24.17, 24.17], times);
    }

    [Fact]
    public void What_others_were_put_off_to_is_spoken_for()
    {
        var free = TimeSpan.FromHours(4) + PortfolioBudget.SpanWidth;
        var budget = new PortfolioBudget(
            5, 0, Now, [Span(TimeSpan.FromHours(-3), 2), Span(TimeSpan.FromHours(-20), 3), Span(free, 0) with { Planned = 2 }]);

        Assert.Equal([4.17, 21.17], new[] { budget.Postpone(MessageClass.Marketing), budget.Postpone(MessageClass.Marketing) }.Select(Hours));
    }

    [Theory]
    [InlineData(900, 0, 0, 0, 900, 1, false)]
    [InlineData(1_800, 0, 0, 0, 1_800, 1, false)]
    [InlineData(1_801, 0, 0, 0, 1_800, 2, true)]
    [InlineData(9_000, 0, 0, 0, 1_800, 5, true)]
    [InlineData(1_000, 1_800, 0, 0, 0, 1, true)]
    [InlineData(2_000, 1_700, 0, 0, 100, 3, true)]
    [InlineData(0, 1_800, 0, 0, 0, 1, false)]
    [InlineData(900, 0, 900, 0, 900, 1, false)]
    [InlineData(900, 0, 1_000, 0, 800, 2, true)]
    [InlineData(900, 500, 4_000, 0, 0, 3, true)]
    [InlineData(0, 0, 9_000, 0, 0, 1, false)]
    [InlineData(0, 0, 1_800, 1_800, 0, 1, false)]
    [InlineData(0, 0, 9_000, 9_000, 0, 5, true)]
    [InlineData(0, 1_800, 200, 200, 0, 1, true)]
    [InlineData(100, 0, 1_700, 50, 100, 1, false)]
    public void A_forecast_says_how_many_now_and_over_how_many_days(
        long people, int reached, long waiting, long shared, long now, int days, bool isOver)
    {
        var budget = new PortfolioBudget(2_000, 10, Now, [Span(TimeSpan.FromHours(-1), reached)]);

        var forecast = budget.Forecast(people, shared, waiting, MessageClass.Marketing);

        Assert.Equal((people, now, days, isOver), (forecast.People, forecast.PeopleNow, forecast.Days, forecast.IsOver));
    }

    private static int Take(PortfolioBudget budget, MessageClass messageClass, int wanted) =>
        Enumerable.Range(0, wanted).Count(_ => budget.TryTake(messageClass));

    private static double Hours(long micros) => Math.Round((Micros.ToTime(micros) - Now).TotalHours, 2);

    private static PortfolioSpan Span(TimeSpan ago, long reached) => new(Micros.FromTime(Now + ago), reached, 0);
}
