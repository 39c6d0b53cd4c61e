using Herald.Storage;
using Herald.Storage.Requests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Herald.Api.Calls;

/// <summary>Forgets requests, and their answers, when nobody may repeat them any more: after 24 hours.</summary>
internal sealed class RequestJanitor(IIdempotencyStore requests, TimeProvider time, ILogger<RequestJanitor> logger) : BackgroundService
{
    internal const int BatchSize = 1_000;
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan Life = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                while (await requests.PurgeAsync(time.GetUtcNow() - Life, BatchSize, stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception exception) when (TransientErrors.IsTransient(exception))
            {
                ApiLog.Unavailable(logger, nameof(RequestJanitor), exception);
            }
        }
    }
}
