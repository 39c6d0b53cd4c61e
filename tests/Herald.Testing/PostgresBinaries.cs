using System.Diagnostics;

namespace Herald.Testing;

/// <summary>Finds PostgreSQL's server programs, and installs them where that is possible.</summary>
internal static class PostgresBinaries
{
    private const string InstallScript =
        """
        set -e
        mkdir -p /etc/postgresql-common
        [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -q
        apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold postgresql
        """;

    private static bool IsRootOnDebian => Environment.UserName == "root" && File.Exists("/etc/debian_version");

    /// <summary>The folder of initdb and postgres.</summary>
    public static async Task<string> FindOrInstallAsync()
    {
        if (Find() is { } found)
            return found;
        if (IsRootOnDebian)
        {
            // Test projects run beside each other; the one that comes first installs, the others wait for the file.
            await using var turn = await FileTurn.TakeAsync(Path.Combine(Path.GetTempPath(), "herald-postgres-install.lock"));
            if (Find() is null)
                await RunAsync("sh", "-c", InstallScript);
        }
        return Find() ?? throw new InvalidOperationException(
            "The tests need PostgreSQL 15 or newer: install its server (on Debian: apt-get install postgresql), or set HERALD_TEST_POSTGRES to a connection string.");
    }

    /// <summary>Runs a program to its end; throws with what it said when it fails.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output}{await errors}");
    }

    private static string? Find()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.Select(path => Path.Combine(path, "bin")).Concat(onPath)
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "postgres")));
    }
}
