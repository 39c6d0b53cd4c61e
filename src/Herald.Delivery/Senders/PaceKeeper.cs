using System.Runtime.CompilerServices;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Senders;

/// <summary>
/// Keeps what is known of the senders' paces, so that a restart or another owner goes on slowly where this one had to. Once a second, those that
/// changed are written by one statement; at full pace and without debts nothing changes.
/// </summary>
internal sealed class PaceKeeper(ISenderPaceStore paces, OwnedSenders owned, NodeName node, TimeProvider time, ILogger<PaceKeeper> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What was last written of each worker, or read when it began.</summary>
    private readonly ConditionalWeakTable<SenderWorker, SenderPaceRow> _known = [];

    /// <summary>Lets new workers go on where their senders' last owners were; before they start.</summary>
    public async Task RestoreAsync(IReadOnlyCollection<SenderWorker> workers, CancellationToken ct)
    {
        var rows = (await paces.ListAsync([.. workers.Select(worker => worker.Key.Sender)], ct))
            .ToDictionary(row => new SenderKey(row.TenantId, row.SenderId));
        foreach (var worker in workers)
        {
            if (rows.TryGetValue(worker.Key, out var row))
                PaceMemory.Restore(worker, row);
            _known.AddOrUpdate(worker, PaceMemory.Read(worker, time.GetUtcNow()));
        }
    }

    /// <summary>Writes what changed, in one statement. Only while the leases are held: what comes later is not written.</summary>
    public async Task SaveAsync(IEnumerable<SenderWorker> workers, CancellationToken ct)
    {
        var changed = new List<(SenderWorker Worker, SenderPaceRow Row)>();
        foreach (var worker in workers)
        {
            var row = PaceMemory.Read(worker, time.GetUtcNow());
            if (_known.TryGetValue(worker, out var known) && known with { UpdateTime = row.UpdateTime } != row)
                changed.Add((worker, row));
        }
        await paces.SaveAsync([.. changed.Select(pair => pair.Row)], node.Value, ct);
        foreach (var (worker, row) in changed)
            _known.AddOrUpdate(worker, row);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await SaveAsync(owned.Workers, stoppingToken);
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                // It is written a second later, or lost: then the next owner begins at the level and hears Meta's refusals itself.
                log.StorageUnavailable(error, nameof(PaceKeeper));
            }
        }
    }
}
