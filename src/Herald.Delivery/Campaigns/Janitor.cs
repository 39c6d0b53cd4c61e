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
/// campaigns become cancelled. What is still queued when it is too late becomes EXPIRED. Brings forward what the limit of a
/// portfolio put off as soon as there is room for it, and forgets whom portfolios reached longer than a day ago.
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

    /// <summary>What may be due at once of what a limit had put off: more than leaves until the next turn at full pace, and few enough to be judged again.</summary>
    private const int BroughtForwardMax = 5_000;

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
                var forward = await portfolios.BringForwardAsync(time.GetUtcNow(), BroughtForwardMax, stoppingToken);
                if (forward > 0)
                    log.MessagesBroughtForward(forward);
                backoff.Reset();
                var forgotten = await portfolios.PurgeAsync(time.GetUtcNow(), BatchSize, stoppingToken);
                if (expired < BatchSize && overdue < BatchSize && cancelled < BatchSize && late < BatchSize && forgotten < BatchSize
                    && forward < BroughtForwardMax)
                {
                    await Task.Delay(options.Value.RenewInterval, time, stoppingToken);
                }
            }
            catch (Exception error) when (GrainCallErrors.MayPass(error))
            {
                log.StorageUnavailable(error, nameof(Janitor));
                await Task.Delay(backoff.Next(), time, stoppingToken);
            }
        }
    }
}
