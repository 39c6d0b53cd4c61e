using Herald.Benchmarks.Results;

namespace Herald.Benchmarks.Campaigns;

/// <summary>What a campaign of one size cost.</summary>
internal sealed record ScaleRun
{
    public required int Recipients { get; init; }

    public required TimeSpan Import { get; init; }

    public required TimeSpan Send { get; init; }

    public required long PeakBytes { get; init; }

    public required long DatabaseBytes { get; init; }

    public IReadOnlyList<Figure> ToFigures() =>
    [
        Figure.Of($"scale, {Recipients:N0} recipients: import", Each(Import)),
        Figure.Of("  from launch to the last status", Each(Send)),
        Figure.Of("  most memory of the host", $"{PeakBytes / 1048576.0:N0} MB"),
        Figure.Of("  database", $"{DatabaseBytes / 1048576.0:N0} MB, {DatabaseBytes / Recipients:N0} B a recipient"),
    ];

    private string Each(TimeSpan time) => $"{time.TotalSeconds:N1} s, {time.TotalMicroseconds / Recipients:N0} µs a recipient";
}
