using Herald.Benchmarks.Campaigns;

namespace Herald.Benchmarks;

/// <summary>How much each benchmark of <c>all</c> does.</summary>
internal sealed record BenchmarkSizes
{
    /// <summary>Seconds altogether; shows that everything runs, and measures nothing.</summary>
    public static BenchmarkSizes Tiny { get; } = new()
    {
        Recipients = 200,
        Rates = [PaceBenchmark.Standard],
        PaceSeconds = 1,
        Events = 200,
        EventSeconds = 1,
        Stops = 10,
        ReadTime = TimeSpan.FromMilliseconds(200),
        ImportRows = 500,
        ScaleFewer = 50,
        ScaleMore = 100,
    };

    /// <summary>As the budgets are meant, but for the million.</summary>
    public static BenchmarkSizes Full { get; } = new()
    {
        // So many that the second in which the last statuses come is a small part of the time.
        Recipients = 100_000,
        Rates = [PaceBenchmark.Standard, PaceBenchmark.High],
        PaceSeconds = 60,
        Events = 4_000,
        EventSeconds = 20,
        Stops = 400,
        ReadTime = TimeSpan.FromSeconds(5),
        ImportRows = 100_000,
        ScaleFewer = 10_000,
        ScaleMore = 100_000,
    };

    public required int Recipients { get; init; }

    public required IReadOnlyList<int> Rates { get; init; }

    public required int PaceSeconds { get; init; }

    public required int Events { get; init; }

    public required int EventSeconds { get; init; }

    public required int Stops { get; init; }

    public required TimeSpan ReadTime { get; init; }

    public required int ImportRows { get; init; }

    public required int ScaleFewer { get; init; }

    public required int ScaleMore { get; init; }
}
