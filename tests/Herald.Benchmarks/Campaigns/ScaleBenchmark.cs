using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;

namespace Herald.Benchmarks.Campaigns;

/// <summary>The whole way of one campaign, import included, at one size; and the host's memory at two sizes, each in a fresh process.</summary>
internal static class ScaleBenchmark
{
    public const string CommandName = "scale";
    public const string MachineOption = "--machine";
    private const double MemoryMax = 1.3;
    private const int Unlimited = 1_000_000;

    public static async Task<ScaleRun> RunAsync(DatabaseProvider provider, int recipients, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(provider, static settings => settings, static _ => { }, ct);
        var empty = await host.Database.SizeAsync();
        await host.SetPaceAsync(Unlimited, ct);
        var time = BenchmarkHost.Time;

        var started = time.GetTimestamp();
        var list = await host.Partner.ImportAsync(0, recipients, ct);
        var imported = time.GetTimestamp();
        host.Posts.Restart();
        await host.FinishAsync(await host.Partner.LaunchAsync(list, ct), recipients, ct);
        return new ScaleRun
        {
            Recipients = recipients,
            Import = time.GetElapsedTime(started, imported),
            Send = time.GetElapsedTime(imported),
            PeakBytes = ProcessFigures.PeakBytes,
            DatabaseBytes = await host.Database.SizeAsync() - empty,
        };
    }

    public static async Task<IReadOnlyList<Figure>> CompareAsync(DatabaseProvider provider, int fewer, int more, CancellationToken ct)
    {
        var (small, large) = (await RunInProcessAsync(provider, fewer, ct), await RunInProcessAsync(provider, more, ct));
        var ratio = (double)large.PeakBytes / small.PeakBytes;
        return
        [
            .. small.ToFigures(), .. large.ToFigures(),
            new Figure($"memory, {more:N0} against {fewer:N0} recipients", $"{large.PeakBytes / 1048576.0:N0} MB", $"{small.PeakBytes / 1048576.0:N0} MB",
                $"{ratio:N2}", $"≤ {MemoryMax:N1}", ratio <= MemoryMax),
        ];
    }

    private static async Task<ScaleRun> RunInProcessAsync(DatabaseProvider provider, int recipients, CancellationToken ct)
    {
        string[] arguments =
        [
            typeof(ScaleBenchmark).Assembly.Location, CommandName, MachineOption,
            "--database", provider == DatabaseProvider.PostgreSql ? "postgresql" : "sqlite",
            "--recipients", recipients.ToString(CultureInfo.InvariantCulture),
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The process for one size did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 && JsonSerializer.Deserialize<ScaleRun>(output.Trim().Split('\n')[^1]) is { } run
            ? run
            : throw new InvalidOperationException($"The run with {recipients} recipients ended with {process.ExitCode}: {output}");
    }
}
