using System.Collections.Concurrent;

namespace Herald.Chaos;

/// <summary>The hosts of a run, each at its own addresses, and what was done to them.</summary>
internal sealed class HostGroup : IAsyncDisposable
{
    private const int StartsMax = 10;
    private readonly HostProcess?[] _hosts;
    private readonly bool[] _suspended;
    private readonly (Uri Grpc, Uri Webhooks)[] _addresses;
    private readonly Dictionary<string, string> _settings;
    private readonly TextWriter _output;
    private readonly ConcurrentQueue<Interruption> _interruptions = new();
    private readonly ConcurrentQueue<string> _endedByThemselves = new();
    private int _next;

    public HostGroup(int count, Dictionary<string, string> settings, TextWriter output)
    {
        _hosts = new HostProcess?[count];
        _suspended = new bool[count];
        _addresses = [.. Enumerable.Range(0, count).Select(_ => (HostProcess.FreeAddress(), HostProcess.FreeAddress()))];
        _settings = settings;
        _output = output;
    }

    public int Count => _hosts.Length;

    /// <summary>Kills and suspensions so far.</summary>
    public IReadOnlyCollection<Interruption> Interruptions => _interruptions;

    /// <summary>The last words of hosts that ended although nobody killed them.</summary>
    public IReadOnlyCollection<string> EndedByThemselves => _endedByThemselves;

    /// <summary>Starts that failed and were repeated, as a supervisor does; a host that finds no database gives up.</summary>
    public int StartsRepeated { get; private set; }

    /// <summary>Those that run and are not suspended.</summary>
    public IReadOnlyList<int> Living
    {
        get
        {
            lock (_hosts)
                return [.. Enumerable.Range(0, Count).Where(index => _hosts[index] is { HasEnded: false } && !_suspended[index])];
        }
    }

    /// <summary>A living host, another one each time; null when there is none.</summary>
    public HostProcess? Any()
    {
        var living = Living;
        if (living.Count == 0)
            return null;
        var index = living[(int)((uint)Interlocked.Increment(ref _next) % (uint)living.Count)];
        lock (_hosts)
            return _hosts[index];
    }

    /// <summary>Starts a host, again if it gave up because the database was away.</summary>
    public async Task StartAsync(int index)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var host = await HostProcess.StartAsync(_settings, _addresses[index].Grpc, _addresses[index].Webhooks);
                lock (_hosts)
                    _hosts[index] = host;
                return;
            }
            catch (InvalidOperationException) when (attempt < StartsMax)
            {
                StartsRepeated++;
            }
        }
    }

    /// <summary>SIGKILL. Does nothing to one that is down or suspended.</summary>
    public async Task<bool> KillAsync(int index)
    {
        HostProcess? host;
        lock (_hosts)
        {
            host = _suspended[index] ? null : _hosts[index];
            if (host is null || !Notice(index, host))
                return false;
            _hosts[index] = null;
        }
        var now = TimeProvider.System.GetUtcNow();
        await host.KillAsync();
        _interruptions.Enqueue(new Interruption(host.Id, now, null));
        await host.DisposeAsync();
        return true;
    }

    /// <summary>SIGSTOP, and after a while SIGCONT.</summary>
    public async Task SuspendAsync(int index, TimeSpan time, CancellationToken ct)
    {
        HostProcess? host;
        lock (_hosts)
        {
            host = _hosts[index];
            if (host is null || _suspended[index] || !Notice(index, host))
                return;
            _suspended[index] = true;
        }
        await host.SuspendAsync();
        var from = TimeProvider.System.GetUtcNow();
        try
        {
            await Task.Delay(time, TimeProvider.System, ct);
        }
        finally
        {
            _interruptions.Enqueue(new Interruption(host.Id, from, TimeProvider.System.GetUtcNow()));
            await host.ResumeAsync();
            lock (_hosts)
                _suspended[index] = false;
        }
    }

    /// <summary>Starts whoever is not there, and notes who ended by itself.</summary>
    public async Task StartMissingAsync()
    {
        for (var index = 0; index < Count; index++)
        {
            bool isMissing;
            lock (_hosts)
                isMissing = _hosts[index] is not { } host || !Notice(index, host);
            if (isMissing)
                await StartAsync(index);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            if (host is not null)
                await host.DisposeAsync();
        }
    }

    /// <summary>False when it ended although nobody killed it, which is noted.</summary>
    private bool Notice(int index, HostProcess host)
    {
        if (!host.HasEnded)
            return true;
        _hosts[index] = null;
        var words = string.Join('\n', host.Output.Split('\n').TakeLast(30));
        _endedByThemselves.Enqueue(words);
        _output.WriteLine($"Host {index + 1} ended by itself:\n{words}");
        return false;
    }
}
