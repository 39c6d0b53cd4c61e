using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Herald.Testing;

/// <summary>
/// The PostgreSQL server that this test process uses: that of HERALD_TEST_POSTGRES, else a throwaway one of its own, started with the first
/// use. The throwaway server stops and its folder goes when this process ends, however it ends. A test that must restart its server starts one
/// of its own.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int StartAttemptsMax = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    // Reads its standard input, which ends when the test process ends, even when that was killed. A line is the signal of a restart.
    private const string WatchScript =
        """
        start() {
          "$0/postgres" -D "$1/data" >>"$1/log" 2>&1 </dev/null &
          server=$!
        }
        start "$1"
        echo $$ > "$1/watcher"
        while read -r signal; do
          kill -"$signal" $server
          wait $server
          start "$1"
        done
        kill -QUIT $server
        wait $server
        rm -rf "$1"
        """;

    // Kept, because the server stops when this end of the watcher's input is collected.
    private readonly Process? _watcher;
    private readonly string _folder;

    private PostgresServer(string connectionString, Process? watcher, string folder)
    {
        ConnectionString = connectionString;
        _watcher = watcher;
        _folder = folder;
    }

    /// <summary>Connects to the maintenance database as a user who may create databases.</summary>
    public string ConnectionString { get; }

    /// <summary>The server, started if need be.</summary>
    public static Task<PostgresServer> GetAsync() => Shared.Value;

    /// <summary>A throwaway server that nobody else uses, whatever HERALD_TEST_POSTGRES says. Disposing it stops it and removes its folder.</summary>
    public static async Task<PostgresServer> StartOwnAsync()
    {
        var binaries = await PostgresBinaries.FindOrInstallAsync();
        RemoveStale();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartThrowawayAsync(binaries);
            }
            catch (InvalidOperationException) when (attempt < StartAttemptsMax)
            {
                // Another process took the port between choosing and binding it.
            }
        }
    }

    /// <summary>
    /// Restarts a server of one's own, and returns when it answers again: fast (connections are cut, work in progress is rolled back) or at once,
    /// without a checkpoint, so that it recovers from its log as after a crash.
    /// </summary>
    public async Task RestartAsync(bool immediate)
    {
        var watcher = _watcher ?? throw new InvalidOperationException("A server that others use is not restarted.");
        var before = ServerId(_folder);
        await watcher.StandardInput.WriteLineAsync(immediate ? "QUIT" : "INT");
        await watcher.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        while (ServerId(_folder) is not { } now || now == before)
            await Task.Delay(Interval, TimeProvider.System, limit.Token);
        await WaitUntilReadyAsync(ConnectionString, watcher, _folder);
    }

    /// <summary>Stops a server of one's own; others go with their process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_watcher is null)
            return;
        _watcher.StandardInput.Close();
        await _watcher.WaitForExitAsync();
        _watcher.Dispose();
    }

    private static async Task<PostgresServer> StartAsync() =>
        Environment.GetEnvironmentVariable("HERALD_TEST_POSTGRES") is { Length: > 0 } given
            ? new PostgresServer(Storage.HeraldDatabaseOptions.Parse(given).ConnectionString, watcher: null, folder: "")
            : await StartOwnAsync();

    private static async Task<PostgresServer> StartThrowawayAsync(string binaries)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"herald-pg-{Environment.ProcessId}-{Stopwatch.GetTimestamp():x}");
        await RunAsServerUserAsync("mkdir", "-m", "0700", folder);
        await RunAsServerUserAsync(
            Path.Combine(binaries, "initdb"), "-D", $"{folder}/data", "-U", "herald", "-A", "trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync");
        var port = FreePort();
        await RunAsServerUserAsync("sh", "-c",
            $"printf \"port = {port}\\nlisten_addresses = '127.0.0.1'\\nunix_socket_directories = '$0'\\nmax_connections = 200\\n\" >> \"$0/data/postgresql.conf\"",
            folder);

        var (program, arguments) = AsServerUser("sh", "-c", WatchScript, binaries, folder);
        var watcher = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true })
            ?? throw new InvalidOperationException("The watcher of PostgreSQL did not start.");
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "herald",
            Database = "postgres",
        };
        await WaitUntilReadyAsync(connection.ConnectionString, watcher, folder);
        return new PostgresServer(connection.ConnectionString, watcher, folder);
    }

    private static async Task WaitUntilReadyAsync(string connectionString, Process watcher, string folder)
    {
        var ownPort = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString;
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ownPort);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("SHOW data_directory", connection);
                if ((string?)await command.ExecuteScalarAsync() == $"{folder}/data")
                    return;
                watcher.StandardInput.Close();
                throw new InvalidOperationException("Another PostgreSQL took the port.");
            }
            catch (NpgsqlException) when (started.Elapsed < StartLimit && !watcher.HasExited)
            {
                await Task.Delay(Interval, TimeProvider.System);
            }
            catch (NpgsqlException e)
            {
                watcher.StandardInput.Close();
                throw new InvalidOperationException($"PostgreSQL did not start within {StartLimit}; see {folder}/log.", e);
            }
        }
    }

    // A server whose watcher was killed too leaves its folder behind; whoever comes next removes it.
    private static void RemoveStale()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), "herald-pg-*"))
        {
            try
            {
                var watcher = Path.Combine(folder, "watcher");
                if (File.Exists(watcher) && !IsAlive(File.ReadAllText(watcher)) && !IsServerAlive(folder))
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It belongs to another user, or its own watcher is removing it just now.
            }
        }
    }

    private static bool IsServerAlive(string folder) => ServerId(folder) is { } pid && IsAlive(pid);

    /// <summary>The id of the server's process; null while there is none.</summary>
    private static string? ServerId(string folder)
    {
        try
        {
            return File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).FirstOrDefault();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsAlive(string pid) =>
        int.TryParse(pid.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Directory.Exists($"/proc/{id}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsServerUserAsync(string program, params string[] arguments)
    {
        var (actual, all) = AsServerUser(program, arguments);
        return PostgresBinaries.RunAsync(actual, all);
    }

    // PostgreSQL refuses to run as root.
    private static (string Program, string[] Arguments) AsServerUser(string program, params string[] arguments) =>
        Environment.UserName == "root" ? ("runuser", ["-u", "postgres", "--", program, .. arguments]) : (program, arguments);
}
