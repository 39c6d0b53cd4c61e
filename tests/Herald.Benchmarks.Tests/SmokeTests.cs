using System.CommandLine;

namespace Herald.Benchmarks.Tests;

/// <summary>That every benchmark runs to its end. What it measures at this size means nothing.</summary>
public sealed class SmokeTests
{
    [Theory]
    [InlineData("all --tiny --database postgresql",
        new[] { "campaign, PostgreSQL", "pace 80/s", "acknowledgement at", "STOP received", "gRPC read", "import with consent", "memory, 100 against 50" })]
    [InlineData("campaign --recipients 100 --database sqlite", new[] { "campaign, SQLite", "allocated a message" })]
    public async Task Every_benchmark_runs_and_prints_its_figures(string command, string[] paths)
    {
        var output = new StringWriter();
        var errors = new StringWriter();

        var exitCode = await BenchmarkCommands.CreateRoot().Parse(command).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });

        Assert.True(exitCode == 0, errors.ToString());
        Assert.All(paths, path => Assert.Contains(path, output.ToString(), StringComparison.Ordinal));
    }
}
