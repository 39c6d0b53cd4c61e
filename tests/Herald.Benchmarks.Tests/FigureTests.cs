using Herald.Benchmarks.Results;

namespace Herald.Benchmarks.Tests;

public sealed class FigureTests
{
    [Theory]
    [InlineData(20, true)]
    [InlineData(19.9, false)]
    public void A_rate_meets_its_budget_from_the_share_on(double rate, bool isMet)
    {
        var figure = Figure.Share("path", rate, bare: 100, "msg/s", shareMin: 0.2);

        Assert.Equal(isMet, figure.IsMet);
        Assert.Equal(isMet, FigureTable.AllMet([Figure.Of("other", "1"), figure]));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(10.1, false)]
    public void A_time_meets_its_budget_up_to_the_limit(double value, bool isMet) =>
        Assert.Equal(isMet, Figure.AtMost("path", value, max: 10, "ms").IsMet);

    [Fact]
    public void The_table_says_which_budget_was_missed()
    {
        var lines = FigureTable.Format([Figure.AtMost("quick", 1, 10, "ms"), Figure.AtMost("slow", 11, 10, "ms"), Figure.Of("size", "3 B")])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, lines.Length);
        Assert.EndsWith("met", lines[2].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("MISSED", lines[3].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("3 B", lines[4].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Percentiles_are_those_of_the_sorted_times()
    {
        var latencies = new Latencies(Enumerable.Range(1, 100).Reverse().Select(ms => TimeSpan.FromMilliseconds(ms)));

        Assert.Equal(51, latencies.Percentile(0.5));
        Assert.Equal(100, latencies.Percentile(0.99));
    }
}
