using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Herald.Storage.PostgreSql;

/// <summary>LISTEN on one connection of its own, opened with the first subscription.</summary>
internal sealed class PostgreSqlSignals : IDatabaseSignals, IAsyncDisposable
{
    private const int KeepAliveSeconds = 10;
    private static readonly TimeSpan BackoffMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    private readonly SignalSubscribers _subscribers = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly IDatabase _database;
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly ILogger<PostgreSqlSignals> _logger;
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private ImmutableHashSet<string> _heard = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private CancellationTokenSource _wantedChanged = new();
    private Task? _loop;

    public PostgreSqlSignals(IDatabase database, HeraldDatabaseOptions options, TimeProvider time, ILogger<PostgreSqlSignals> logger)
    {
        _database = database;
        _time = time;
        _logger = logger;
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = false,
            // A connection that died without a word must be noticed, or signals would stop for good.
            KeepAlive = KeepAliveSeconds,
            ApplicationName = "herald-listen",
        };
        _connectionString = builder.ConnectionString;
    }

    public IDisposable Subscribe(string channel, Action<string> onSignal)
    {
        var subscription = _subscribers.Add(channel, onSignal);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (_wanted.Add(channel))
                _wantedChanged.Cancel();
            _loop ??= Task.Run(() => ListenUntilStoppedAsync(_stopping.Token));
        }
        return subscription;
    }

    public bool Hears(string channel) => Volatile.Read(ref _heard).Contains(channel) && _subscribers.Has(channel);

    public async Task PublishAsync(string channel, string payload, CancellationToken ct)
    {
        await using var connection = await _database.OpenAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition("SELECT pg_notify(@Channel, @Payload)", new { Channel = channel, Payload = payload }, cancellationToken: ct));
    }

    public async ValueTask DisposeAsync()
    {
        Task? loop;
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested)
                return;
            _stopping.Cancel();
            loop = _loop;
        }
        if (loop is not null)
            await loop;
        _wantedChanged.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenUntilStoppedAsync(CancellationToken stopping)
    {
        var backoff = BackoffMin;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(_connectionString);
                await connection.OpenAsync(stopping);
                backoff = BackoffMin;
                await ListenAsync(connection, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException)
            {
                FallDeaf();
                SignalsLog.ConnectionLost(_logger, backoff, e);
                await Task.Delay(backoff, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                backoff = backoff * 2 < BackoffMax ? backoff * 2 : BackoffMax;
            }
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        connection.Notification += (_, signal) => _subscribers.Signal(signal.Channel, signal.Payload);
        while (true)
        {
            var (missing, changed) = TakeWanted();
            foreach (var channel in missing)
            {
                // A channel's name can't be a parameter; it is quoted as an identifier.
                await connection.ExecuteAsync(
                    new CommandDefinition($"LISTEN \"{channel.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellationToken: stopping));
                // What was told before the server listened for us is lost, so the subscriber looks at everything once.
                _subscribers.Signal(channel, "");
                Volatile.Write(ref _heard, _heard.Add(channel));
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, changed);
            try
            {
                await connection.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                // A channel was added.
            }
        }
    }

    /// <summary>
    /// Nothing is heard until the server listens again. What has been told since the connection broke, which may be a while ago, is lost already: the
    /// subscribers look at everything now, and once more when it is back.
    /// </summary>
    private void FallDeaf()
    {
        foreach (var channel in Interlocked.Exchange(ref _heard, _heard.Clear()))
            _subscribers.Signal(channel, "");
    }

    private (List<string> Missing, CancellationToken Changed) TakeWanted()
    {
        lock (_lock)
        {
            if (_wantedChanged.IsCancellationRequested)
            {
                _wantedChanged.Dispose();
                _wantedChanged = new CancellationTokenSource();
            }
            return (_wanted.Except(Volatile.Read(ref _heard)).ToList(), _wantedChanged.Token);
        }
    }
}
