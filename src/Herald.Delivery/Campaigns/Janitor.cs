using Herald.Delivery.Messages;
using Herald.Grains;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Campaigns;

/// <summary>
/// Ends what was left open: claims of a dead node become UNKNOWN, UNKNOWN messages have their grace time, queued messages of ended
/// campaigns become cancelled. What is still queued when it is too late becomes EXPIRED. Forgets whom
/// portfolios reached longer than a day ago.
/// Every node runs it; each statement is safe beside itself.
/// </summary>
internal sealed class Janitor(
    IMessageStore messages,
    ICampaignStore campaigns,
    GraceTimes graceTimes,
    IPortfolioStore portfolios,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<Janitor> log) : BackgroundService
{
    private const int BatchSize = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(options.Value.IdleInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var expired = await messages.ExpireClaimsAsync(BatchSize, stoppingToken);
                if (expired > 0)
                    log.ClaimsExpired(expired);
                var overdue = await graceTimes.EndDueAsync(BatchSize, stoppingToken);
                var cancelled = await campaigns.CancelOrphansAsync(time.GetUtcNow(), BatchSize, stoppingToken);
                if (cancelled > 0)
                    log.OrphansCancelled(cancelled);
                var late = await messages.ExpireQueuedAsync(time.GetUtcNow(), BatchSize, stoppingToken);
                if (late > 0)
                    log.MessagesExpired(late);
                backoff.Reset();
                var forgotten = await portfolios.PurgeAsync(time.GetUtcNow(), BatchSize, stoppingToken);
                if (expired < BatchSize && overdue < BatchSize && cancelled < BatchSize && late < BatchSize && forgotten < BatchSize)
                    await Task.Delay(options.Value.RenewInterval, time, stoppingToken);
            }
            catch (Exception error) when (GrainCallErrors.MayPass(error))
            {
                log.StorageUnavailable(error, nameof(Janitor));
                await Task.Delay(backoff.Next(), time, stoppingToken);
            }
        }
    }
}
