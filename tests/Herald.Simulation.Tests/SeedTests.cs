namespace Herald.Simulation.Tests;

public sealed class SeedTests
{
    private const int FirstSeed = 1;
    private const int SeedCount = 1_000;

    [Fact]
    public void A_thousand_seeds_break_no_rule()
    {
        var results = Seeds.Play(FirstSeed, SeedCount, Environment.ProcessorCount, _ => { });

        Assert.Empty(results.Where(result => result.Violation is not null).Select(result => $"seed {result.Seed}: {result.Violation}"));
        Assert.Equal(SeedCount, results.Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(2024)]
    public void The_same_seed_gives_the_same_trace(int seed)
    {
        List<string> lines = [];
        List<string> again = [];

        var first = Seeds.PlayOne(seed, lines.Add);
        var second = Seeds.PlayOne(seed, again.Add);
        var unread = Seeds.PlayOne(seed, null);

        Assert.Equal(lines, again);
        Assert.Equal(first, second);
        Assert.Equal(first, unread);
    }

    [Fact]
    public void Troubled_seeds_have_work_and_lose_outcomes_and_all_of_it_is_accounted_for()
    {
        var results = Seeds.Play(FirstSeed, 20, Environment.ProcessorCount, _ => { });

        Assert.All(results, result => Assert.Null(result.Violation));
        Assert.True(results.Sum(result => result.Messages) > 500);
        Assert.Contains(results, result => result.Unknown > 0);
        Assert.Equal(20, results.Select(result => result.TraceHash).Distinct().Count());
    }
}
