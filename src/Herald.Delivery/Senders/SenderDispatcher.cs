using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Senders;

/// <summary>
/// Owns this node's fair share of the senders: shows that the node lives, renews all its leases together, takes over what is free, gives up what is too
/// much, and lets go of what it lost or what may not send any more. Other nodes' comings and goings reach it by signal.
/// </summary>
internal sealed class SenderDispatcher(
    ISenderStore senders,
    ILeaseStore leases,
    IDatabaseSignals signals,
    SenderWorkerFactory workers,
    OwnedSenders owned,
    QueueWatch queues,
    PaceKeeper paces,
    NodeName node,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SenderDispatcher> log) : BackgroundService
{
    private static readonly TimeSpan DeadNodesKept = TimeSpan.FromHours(1);

    /// <summary>Several nodes' and senders' news at once are one turn.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(50);

    private readonly LeaseSet _leases = new(leases, time, node.Value, options.Value.LeaseDuration);
    private readonly WakeUp _wake = new(time);
    private readonly Dictionary<SenderWorker, Task> _ending = [];
    private IDisposable? _optOuts;
    private ITimer? _beats;
    private HeldLease? _presence;
    private long _renewedAt = time.GetTimestamp();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var worker in owned.Workers)
            BeginEnd(worker);
        // Each sender is free for others as soon as its own requests are settled, and each comes to its end even if another one failed.
        var failed = new List<Task>();
        while (_ending.Count > 0)
        {
            await Task.WhenAny(_ending.Values);
            failed.AddRange((await ReleaseEndedAsync()).Where(end => end.IsFaulted));
        }
        await TryReleaseAsync([]);
        // Heard to the last: what is claimed may still be on its way out while the workers drain.
        StopHearing();
        await Task.WhenAll(failed);
    }

    public override void Dispose()
    {
        StopHearing();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _optOuts = signals.Subscribe(SignalChannels.OptOutChannel, WithholdContact);
        _beats = time.CreateTimer(static barrier => ((OptOutBarrier)barrier!).Beat(), workers.Barrier, TimeSpan.Zero, OptOutBarrier.BeatInterval);
        using var inbound = signals.Subscribe(SignalChannels.InboundChannel, CountInbound);
        using var refusals = signals.Subscribe(SignalChannels.SlowDownChannel, SlowDown);
        using var changes = signals.Subscribe(SignalChannels.LeaseChannel, HearOfLeases);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TakeTurnAsync(stoppingToken);
                var rest = options.Value.RenewInterval - time.GetElapsedTime(_renewedAt);
                if (rest > TimeSpan.Zero && await _wake.WaitAsync(rest, stoppingToken))
                    await Task.Delay(LeastInterval, time, stoppingToken);
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                log.StorageUnavailable(error, nameof(SenderDispatcher));
                // Soon again: a lease that is not renewed in time costs all that its sender does.
                await Task.Delay(options.Value.RenewInterval / 2, time, stoppingToken);
            }
        }
    }

    private async Task TakeTurnAsync(CancellationToken ct)
    {
        await ShowPresenceAsync(ct);
        foreach (var end in await ReleaseEndedAsync())
            await end;
        var wanted = (await senders.ListActiveAsync(ct)).ToDictionary(SenderKey.Of);
        foreach (var worker in owned.Workers)
        {
            if (wanted.TryGetValue(worker.Key, out var row) && !worker.Lease.IsLost && !worker.HasEnded)
                worker.Refresh(row);
            else
                BeginEnd(worker);
        }
        await BalanceAsync(wanted, ct);
    }

    /// <summary>The node's own lease tells the others that it lives. It and all senders' leases are renewed by one statement.</summary>
    private async Task ShowPresenceAsync(CancellationToken ct)
    {
        var askedAt = time.GetTimestamp();
        if (_presence is { IsLost: false })
        {
            if (time.GetElapsedTime(_renewedAt) < options.Value.RenewInterval)
                return;
            await _leases.RenewAsync(ct);
            _renewedAt = askedAt;
            return;
        }
        _renewedAt = askedAt;
        _presence = await _leases.AcquireAsync([LeaseNames.Node(node.Value)], ct) is [var lease] ? lease : null;
        await leases.ForgetAsync(LeaseNames.NodePrefix, DeadNodesKept, ct);
        await signals.PublishAsync(SignalChannels.LeaseChannel, node.Value, ct);
    }

    private async Task BalanceAsync(Dictionary<SenderKey, SenderRow> wanted, CancellationToken ct)
    {
        var nodes = Math.Max(1, (await leases.ListLivingAsync(LeaseNames.NodePrefix, ct)).Count);
        var total = wanted.Values.Sum(WeightOf);
        var mine = owned.Workers.Where(worker => !_ending.ContainsKey(worker)).ToList();
        foreach (var worker in FairShare.Surplus(mine, worker => worker.Weight, total, nodes))
            BeginEnd(worker);

        var own = mine.Where(worker => !_ending.ContainsKey(worker)).Sum(worker => (long)worker.Weight);
        if (!FairShare.Takes(own, total, nodes))
            return;
        var taken = (await leases.ListLivingAsync(LeaseNames.SenderPrefix, ct))
            .Where(lease => lease.Node != node.Value).Select(lease => lease.Name).ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, SenderRow>(StringComparer.Ordinal);
        foreach (var (key, row) in wanted.OrderByDescending(pair => WeightOf(pair.Value)))
        {
            if (owned.Find(key) is not null || taken.Contains(key.LeaseName))
                continue;
            if (!FairShare.Takes(own, total, nodes))
                break;
            names[key.LeaseName] = row;
            own += WeightOf(row);
        }
        if (names.Count == 0)
            return;
        var acquired = await _leases.AcquireAsync(names.Keys, ct);
        try
        {
            await BeginAsync([.. acquired.Select(lease => workers.Create(names[lease.Name], lease))], ct);
        }
        catch
        {
            // Held without a worker, they would be renewed for ever, and nobody would send.
            await _leases.ReleaseAsync(acquired, CancellationToken.None);
            throw;
        }
    }

    private async Task BeginAsync(IReadOnlyCollection<SenderWorker> begun, CancellationToken ct)
    {
        await paces.RestoreAsync(begun, ct);
        foreach (var worker in begun)
        {
            owned.Add(worker);
            worker.Start();
            log.SenderOwned(worker.Key.Tenant, worker.Key.Sender, worker.Lease.Epoch);
        }
        queues.Look();
    }

    /// <summary>Its requests in flight take their time; the other senders' leases would run out if the loop waited for them.</summary>
    private void BeginEnd(SenderWorker worker)
    {
        if (_ending.ContainsKey(worker))
            return;
        log.SenderLetGo(worker.Key.Tenant, worker.Key.Sender);
        _ending[worker] = BackgroundWork.Run(async () =>
        {
            try
            {
                await worker.StopAsync();
            }
            finally
            {
                _wake.Call();
            }
        });
    }

    /// <summary>Lets go of the workers that have come to their end, with one statement for all their leases. The ends; faulted ones were bugs.</summary>
    private async Task<List<Task>> ReleaseEndedAsync()
    {
        var ended = _ending.Where(pair => pair.Value.IsCompleted).ToList();
        if (ended.Count == 0)
            return [];
        await TryReleaseAsync([.. ended.Select(pair => pair.Key)]);
        foreach (var (worker, _) in ended)
        {
            _ending.Remove(worker);
            owned.Remove(worker);
            worker.Dispose();
        }
        return [.. ended.Select(pair => pair.Value)];
    }

    /// <summary>Releases the leases of workers that have ended, their paces written before; without any, the node's own.</summary>
    private async Task TryReleaseAsync(IReadOnlyCollection<SenderWorker> ended)
    {
        try
        {
            await paces.SaveAsync(ended, CancellationToken.None);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // The next owner goes on with what was written a second ago.
            log.StorageUnavailable(error, nameof(SenderDispatcher));
        }
        try
        {
            await _leases.ReleaseAsync(
                ended.Count > 0 ? [.. ended.Select(worker => worker.Lease)] : _presence is { } own ? [own] : [], CancellationToken.None);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // The leases run out by themselves.
            log.StorageUnavailable(error, nameof(SenderDispatcher));
        }
    }

    private void HearOfLeases(string payload)
    {
        if (payload != node.Value)
            _wake.Call();
    }

    private void CountInbound(string payload)
    {
        foreach (var count in InboundCount.Parse(payload))
            owned.Find(new SenderKey(count.TenantId, count.SenderId))?.Pace.CountInbound(count.Count);
    }

    private void SlowDown(string payload)
    {
        if (SenderKey.TryParse(payload, out var key))
            owned.Find(key)?.Pace.SlowDown();
    }

    private void StopHearing()
    {
        _optOuts?.Dispose();
        _beats?.Dispose();
    }

    private void WithholdContact(string payload)
    {
        // Without a contact it says that signals may have been lost.
        if (payload.Length == 0)
            workers.Barrier.AddAll();
        else
            workers.Barrier.Add(payload);
    }

    private static long WeightOf(SenderRow row) => Math.Max(1, row.MessagesPerSecond);
}
