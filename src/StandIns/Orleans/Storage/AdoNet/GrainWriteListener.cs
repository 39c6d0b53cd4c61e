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

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first connection listens.</summary>
    public Task Listening => _listening.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = DelayMin;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await ListenAsync(connection, stoppingToken);
                delay = DelayMin;
                while (true)
                {
                    // A dead peer says nothing: after some silence, ask whether it is still there.
                    if (!await connection.WaitAsync(SilenceMax, stoppingToken))
                    {
                        await ExecuteAsync(connection, "SELECT 1", stoppingToken);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                OrleansLog.ListenerLost(catalog.Log, error, delay);
            }

            try
            {
                await Task.Delay(delay, catalog.Time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            delay = delay * 2 > DelayMax ? DelayMax : delay * 2;
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
        _listening.TrySetResult();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stoppingToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stoppingToken);
    }
}
