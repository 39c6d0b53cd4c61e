using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Hears of other nodes' writes, and drops this node's activations of the grains written.</summary>
internal sealed class GrainWriteListener(string connectionString, Catalog catalog, SiloIdentity silo) : BackgroundService
{
    private static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);

    /// <summary>A connection that waits for ever must not take a place in the pool.</summary>
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts to listen. Whether the first connection succeeds or not, nothing is activated before it was tried.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _tried.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = DelayMin;
        try
        {
            while (true)
            {
                var error = await ListenUntilLostAsync(() => delay = DelayMin, stoppingToken);
                var pause = Task.Delay(delay, catalog.Time, stoppingToken);
                OrleansLog.ListenerLost(catalog.Log, error, delay);
                _tried.TrySetResult();
                await pause;
                delay = delay * 2 > DelayMax ? DelayMax : delay * 2;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _tried.TrySetResult();
        }
    }

    /// <summary>Listens on one connection for as long as it lasts.</summary>
    /// <returns>What it was lost by.</returns>
    private async Task<Exception> ListenUntilLostAsync(Action connected, CancellationToken stoppingToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connectionString);
            await ListenAsync(connection, stoppingToken);
            connected();
            _tried.TrySetResult();
            while (true)
            {
                // A dead peer says nothing: after some silence, ask whether it is still there.
                if (!await connection.WaitAsync(SilenceMax, stoppingToken))
                {
                    await ExecuteAsync(connection, "SELECT 1", stoppingToken);
                }
            }
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            return error;
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        connection.Notification += (_, notice) =>
        {
            if (GrainWriteNotice.Read(notice.Payload, silo) is { } grain)
            {
                catalog.Deactivate(
                    grain, new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Another node wrote its state"));
            }
        };
        await connection.OpenAsync(stoppingToken);
        await ExecuteAsync(connection, $"LISTEN {GrainWriteNotice.Channel}", stoppingToken);

        // What was written while nobody listened is not known: everything that has been read may be old.
        catalog.DeactivateStored(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Other nodes' writes may have been missed"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stoppingToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stoppingToken);
    }
}
