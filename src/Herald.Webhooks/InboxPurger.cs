using Herald.Storage;
using Herald.Storage.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

/// <summary>Removes processed deliveries when their retention is over; their bodies hold personal data.</summary>
internal sealed class InboxPurger(IWebhookInbox inbox, IOptions<WebhookOptions> options, TimeProvider time, ILogger<InboxPurger> log)
    : BackgroundService
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await inbox.PurgeAsync(time.GetUtcNow() - options.Value.Retention, BatchSize, stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                log.InboxUnavailable(error);
            }
            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
