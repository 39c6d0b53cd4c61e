using System.Collections.Concurrent;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Senders;

/// <summary>Owns the senders this node could lease, runs one worker for each, and lets go of those it lost.</summary>
internal sealed class SenderDispatcher(
    ISenderStore senders,
    ILeaseStore leases,
    IDatabaseSignals signals,
    SenderWorkerFactory workers,
    NodeName node,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SenderDispatcher> log) : BackgroundService
{
    private readonly ConcurrentDictionary<(TenantId Tenant, SenderId Sender), Owned> _owned = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var queue = signals.Subscribe(SignalChannels.QueueChannel, WakeQueue);
        using var optOuts = signals.Subscribe(SignalChannels.OptOutChannel, WithholdContact);
        var backoff = new Backoff(options.Value.RenewInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RebalanceAsync(stoppingToken);
                backoff.Reset();
                await Task.Delay(options.Value.RenewInterval, time, stoppingToken);
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                log.StorageUnavailable(error, nameof(SenderDispatcher));
                await Task.Delay(backoff.Next(), time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // All at once, and each to its end even if another one's worker failed.
        await Task.WhenAll([.. _owned.Select(pair => pair.Value.Ending ??= EndAsync(pair.Key, pair.Value))]);
    }

    private async Task RebalanceAsync(CancellationToken ct)
    {
        var active = await senders.ListActiveAsync(ct);
        var wanted = active.ToDictionary(row => (row.TenantId, row.SenderId));
        foreach (var (key, owned) in _owned)
            await KeepOrStopAsync(key, owned, wanted.GetValueOrDefault(key), ct);
        foreach (var (key, row) in wanted)
        {
            if (!_owned.ContainsKey(key))
                await TryOwnAsync(key, row, ct);
        }
    }

    private async Task KeepOrStopAsync((TenantId Tenant, SenderId Sender) key, Owned owned, SenderRow? row, CancellationToken ct)
    {
        var epoch = owned.Lease.Epoch;
        if (owned.Ending is null && row is not null && !owned.Run.IsCompleted && await owned.Lease.TryHoldAsync(ct) && owned.Lease.Epoch == epoch)
        {
            owned.Worker.Refresh(row);
            return;
        }
        // Its requests in flight take their time; the leases of the other senders would run out if this loop waited for them.
        owned.Ending ??= EndAsync(key, owned);
        if (owned.Ending.IsCompleted)
            await owned.Ending;
    }

    private async Task EndAsync((TenantId Tenant, SenderId Sender) key, Owned owned)
    {
        log.SenderLetGo(key.Tenant, key.Sender);
        await BackgroundWork.Run(owned.Stop.Cancel);
        await owned.Run;
        try
        {
            await owned.Lease.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // The lease runs out by itself.
            log.StorageUnavailable(error, nameof(SenderDispatcher));
        }
        Forget(key, owned);
    }

    private async Task TryOwnAsync((TenantId Tenant, SenderId Sender) key, SenderRow row, CancellationToken ct)
    {
        var lease = new LeaseHolder(leases, time, LeaseNames.Sender(key.Tenant, key.Sender), node.Value, options.Value.LeaseDuration);
        if (!await lease.TryHoldAsync(ct))
            return;
        var worker = workers.Create(row, lease);
        // Its life is the worker's, not this turn's: it is cancelled when the sender is let go of.
        var stop = new CancellationTokenSource();
        _owned[key] = new Owned(lease, worker, stop, BackgroundWork.Run(() => worker.RunAsync(stop.Token)));
        log.SenderOwned(key.Tenant, key.Sender, lease.Epoch);
    }

    private void Forget((TenantId Tenant, SenderId Sender) key, Owned owned)
    {
        _owned.TryRemove(key, out _);
        owned.Stop.Dispose();
    }

    private void WakeQueue(string payload)
    {
        foreach (var ((tenant, sender), owned) in _owned)
        {
            if (payload.Length == 0 || payload == $"{tenant}/{sender}")
                owned.Worker.Wake();
        }
    }

    private void WithholdContact(string payload)
    {
        foreach (var owned in _owned.Values)
        {
            // Without a contact it says that signals may have been lost.
            if (payload.Length == 0)
                owned.Worker.WithholdAll();
            else
                owned.Worker.Withhold(payload);
        }
    }

    private sealed record Owned(LeaseHolder Lease, SenderWorker Worker, CancellationTokenSource Stop, Task Run)
    {
        /// <summary>Set once the sender is let go of; faulted when its worker failed.</summary>
        public Task? Ending { get; set; }
    }
}
