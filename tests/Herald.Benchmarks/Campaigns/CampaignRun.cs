using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;

namespace Herald.Benchmarks.Campaigns;

/// <summary>What one campaign took.</summary>
internal sealed record CampaignRun
{
    public required int Messages { get; init; }

    /// <summary>From the first message to the last status.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>From the first message to the last.</summary>
    public required TimeSpan Sending { get; init; }

    public required long Statements { get; init; }

    public required long Bytes { get; init; }

    public required long LogBytes { get; init; }

    public required long Allocated { get; init; }

    public required TimeSpan HostTime { get; init; }

    public required TimeSpan SimulatorTime { get; init; }

    public required TimeSpan DatabaseTime { get; init; }

    public IReadOnlyList<Figure> ToFigures(BenchmarkHost host, double bare)
    {
        var path = $"campaign, {host.Name}";
        var isPostgreSql = host.Provider == DatabaseProvider.PostgreSql;
        List<Figure> figures =
        [
            Figure.Share(path, Messages / Duration.TotalSeconds, bare, "msg/s", CampaignBenchmark.ShareMin(host.Provider)),
            Figure.Of("  sending alone", $"{Messages / Sending.TotalSeconds:N0} msg/s"),
            Figure.Of("  processor time a message: host", Micros(HostTime)),
            Figure.Of("  processor time a message: simulator", Micros(SimulatorTime)),
        ];
        if (isPostgreSql)
        {
            figures.Add(Figure.Of("  processor time a message: database", Micros(DatabaseTime)));
            figures.Add(Figure.Of("  statements a message", $"{(double)Statements / Messages:N3}"));
            figures.Add(Figure.Of("  bytes of log a message", $"{LogBytes / Messages:N0} B"));
        }
        figures.Add(Figure.Of("  bytes of database a message", $"{Bytes / Messages:N0} B"));
        figures.Add(Figure.Of("  allocated a message", $"{Allocated / Messages:N0} B"));
        return figures;
    }

    private string Micros(TimeSpan time) => $"{time.TotalMicroseconds / Messages:N0} µs";
}
