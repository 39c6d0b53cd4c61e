using Herald.Delivery.Messages;
using Herald.Grains.Portfolios;
using Herald.Storage;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Senders;

/// <summary>
/// Asks Meta from time to time what level each number of this node has, one call for all numbers of an account, and soon when an answer made the known
/// level doubtful: Meta raises it by itself, and joining the Business app lowers it. The same answer tells the limit of the account's portfolio.
/// </summary>
internal sealed class LevelKeeper(
    IWhatsAppClient client,
    ISenderStore senders,
    SenderTokens tokens,
    OwnedSenders owned,
    PortfolioKeeper portfolios,
    TimeProvider time,
    ILogger<LevelKeeper> log) : BackgroundService
{
    private const int PagesMax = 20;

    /// <summary>How long a level that was read is taken for granted.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(6);

    /// <summary>How long after an attempt for an account, whatever became of it, the next is made.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                log.StorageUnavailable(error, nameof(LevelKeeper));
            }
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var (account, askedAt) in _asked.ToList())
        {
            if (now - askedAt >= LeastInterval || now < askedAt)
                _asked.Remove(account);
        }
        var stale = owned.Workers.Where(worker => worker.Pace.IsLevelDoubtful || now - worker.LevelTime >= Life);
        foreach (var account in stale.GroupBy(worker => worker.Sender.WabaId, StringComparer.Ordinal).ToList())
        {
            if (_asked.TryAdd(account.Key, now))
                await RefreshAsync(account.Key, [.. account], ct);
        }
    }

    private async Task RefreshAsync(string account, IReadOnlyList<SenderWorker> workers, CancellationToken ct)
    {
        if (tokens.Find(workers[0].Sender) is not { } token || account.Length == 0 || account.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return;
        var byNumber = workers.ToLookup(worker => worker.Sender.PhoneNumberId, StringComparer.Ordinal);
        string? after = null;
        string? portfolio = null;
        for (var page = 0; page < PagesMax; page++)
        {
            // What Meta refuses here, a dead token for example, it refuses for messages too, where it has its consequences.
            if (await client.ListPhoneNumbersAsync(account, token, after, ct) is not { Value: { } numbers })
                return;
            foreach (var number in numbers.Items)
            {
                foreach (var worker in byNumber[number.PhoneNumberId])
                {
                    // One limit for all numbers of an account, so one that tells it will do.
                    if (portfolio is null && number.MessagingLimit is not null)
                        portfolio = await portfolios.KeepAsync(account, token, number.MessagingLimit, worker.Sender.PortfolioId, ct);
                    await TakeAsync(worker, number, portfolio, ct);
                }
            }
            after = numbers.After;
            if (after is null)
                return;
        }
    }

    private async Task TakeAsync(SenderWorker worker, PhoneNumberInfo number, string? portfolio, CancellationToken ct)
    {
        worker.LevelTime = time.GetUtcNow();
        worker.Pace.IsLevelDoubtful = false;
        while (await senders.GetAsync(worker.Key.Tenant, worker.Key.Sender, ct) is { } row)
        {
            var read = row with { MessagesPerSecond = number.MessagesPerSecond ?? row.MessagesPerSecond, PortfolioId = portfolio ?? row.PortfolioId };
            if (read == row)
                return;
            if (await senders.UpdateAsync(read with { UpdateTime = time.GetUtcNow() }, ct) is not { } updated)
                continue;
            worker.Refresh(updated);
            if (row.MessagesPerSecond != updated.MessagesPerSecond)
                log.LevelChanged(worker.Key.Tenant, worker.Key.Sender, updated.MessagesPerSecond);
            return;
        }
    }
}
