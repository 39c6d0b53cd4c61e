using Herald.Storage;
using Herald.Storage.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Senders;

/// <summary>
/// Wakes workers: at once when a signal names their sender; and, for what no signal tells, by one look at all queues in each interval, which finds
/// what is due until the next one. So any number of idle senders cost one statement an interval, and a message goes out when it is due.
/// </summary>
internal sealed class QueueWatch(
    IMessageStore messages,
    IDatabaseSignals signals,
    OwnedSenders owned,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<QueueWatch> log) : BackgroundService
{
    /// <summary>However often it is called, there is this much time between two looks.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(50);

    private readonly WakeUp _look = new(time);

    /// <summary>Looks soon: senders were taken over, or something is due that no signal named.</summary>
    public void Look() => _look.Call();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(SignalChannels.QueueChannel, Hear);
        var backoff = new Backoff(options.Value.IdleInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                backoff.Reset();
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                log.StorageUnavailable(error, nameof(QueueWatch));
                await Task.Delay(backoff.Next(), time, stoppingToken);
            }
        }
    }

    /// <summary>One look, and the wake-ups that it led to until the next is due or asked for.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        var lookedAt = time.GetUtcNow();
        var nextLook = lookedAt + options.Value.IdleInterval;
        var upcoming = new PriorityQueue<SenderKey, DateTimeOffset>();
        foreach (var due in await messages.ListDueAsync(nextLook, ct))
            upcoming.Enqueue(new SenderKey(due.TenantId, due.SenderId), due.DueTime);
        while (true)
        {
            var now = time.GetUtcNow();
            while (upcoming.TryPeek(out var key, out var dueTime) && dueTime <= now)
            {
                upcoming.Dequeue();
                owned.Find(key)?.Wake();
            }
            // Set back, the clock must not make it sleep longer than an interval.
            if (now >= nextLook || now < lookedAt)
                return;
            var sleep = (upcoming.TryPeek(out _, out var first) && first < nextLook ? first : nextLook) - now;
            if (await _look.WaitAsync(AtLeastOneMillisecond(sleep), ct))
                break;
        }
        var rest = LeastInterval - (time.GetUtcNow() - lookedAt);
        if (rest > TimeSpan.Zero && rest <= LeastInterval)
            await Task.Delay(rest, time, ct);
    }

    private void Hear(string payload)
    {
        if (SenderKey.TryParse(payload, out var key))
            owned.Find(key)?.Wake();
        else
            Look();
    }

    private static TimeSpan AtLeastOneMillisecond(TimeSpan wait) =>
        wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
