using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Herald.Chaos;

/// <summary>The real host in a process of its own, so that it can be killed and suspended.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int LinesMax = 2_000;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, string> _settings;
    private readonly (Uri Silo, Uri Gateway) _cluster;

    private HostProcess(Dictionary<string, string> settings, Uri grpc, Uri webhooks, (Uri Silo, Uri Gateway) cluster)
    {
        _settings = settings;
        _cluster = cluster;
        Grpc = grpc;
        Webhooks = webhooks;
        var start = new ProcessStartInfo("dotnet", Path.Combine(AppContext.BaseDirectory, "Herald.Host.dll"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["Kestrel__Endpoints__Grpc__Url"] = grpc.ToString();
        start.Environment["Kestrel__Endpoints__Webhooks__Url"] = webhooks.ToString();
        start.Environment["Herald__Silo__SiloPort"] = cluster.Silo.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["Herald__Silo__GatewayPort"] = cluster.Gateway.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["Herald__Silo__Address"] = cluster.Silo.Host;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The host ended:\n" + Output));
    }

    public Uri Grpc { get; }

    public Uri Webhooks { get; }

    /// <summary>The id of its process, which its node name holds too.</summary>
    public int Id { get; private set; }

    /// <summary>Whether it ended, by itself or because it was killed.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The newest lines that it wrote.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The admin key and system tenant that the first start printed.</summary>
    public (string AdminKey, string SystemTenant) FirstStart =>
        (AdminKeyLine().Match(Output).Value, SystemTenantLine().Match(Output).Value);

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public static Task<HostProcess> StartAsync(Dictionary<string, string> settings, Uri grpc, Uri webhooks) =>
        StartAsync(settings, grpc, webhooks, (FreeAddress(), FreeAddress()));

    private static async Task<HostProcess> StartAsync(
        Dictionary<string, string> settings, Uri grpc, Uri webhooks, (Uri Silo, Uri Gateway) cluster)
    {
        var host = new HostProcess(settings, grpc, webhooks, cluster);
        host._process.Start();
        host.Id = host._process.Id;
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            await host._listening.Task.WaitAsync(StartTimeout, TimeProvider.System);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        return host;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: not one instruction more until <see cref="ResumeAsync"/>, while its sockets stay open.</summary>
    public Task SuspendAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on where it was, and knows of nothing.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Another process on the same database and addresses.</summary>
    public Task<HostProcess> RestartAsync() => StartAsync(_settings, Grpc, Webhooks, _cluster);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("sh", ["-c", $"kill -{signal} {Id}"]))
            ?? throw new InvalidOperationException("The shell did not start.");
        await kill.WaitForExitAsync();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (_output.Count > LinesMax)
            _output.TryDequeue(out _);
        if (line.Contains("Application started", StringComparison.Ordinal))
            _listening.TrySetResult();
    }

    [GeneratedRegex(@"hk_[0-9a-f]{32}_[a-z2-7]+")]
    private static partial Regex AdminKeyLine();

    [GeneratedRegex(@"tenants/[0-9a-f-]{36}")]
    private static partial Regex SystemTenantLine();
}
