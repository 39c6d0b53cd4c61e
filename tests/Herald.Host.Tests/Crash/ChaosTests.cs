using Herald.Chaos;
using Xunit.Abstractions;

namespace Herald.Host.Tests.Crash;

/// <summary>The small brother of the run that is a command of its own: the same troubles, within about a minute.</summary>
public sealed class ChaosTests(ITestOutputHelper log)
{
    [Fact]
    public async Task Killed_suspended_and_cut_off_hosts_lose_nothing_and_send_nothing_twice()
    {
        using var lines = new StringWriter();
        try
        {
            var verdict = await ChaosRun.RunAsync(ChaosOptions.Short, TextWriter.Synchronized(lines), CancellationToken.None);
            verdict.Print(lines);
            Assert.Empty(verdict.Violations);
        }
        finally
        {
            log.WriteLine(lines.ToString());
        }
    }
}
