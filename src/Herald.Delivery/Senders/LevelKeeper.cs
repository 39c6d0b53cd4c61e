using System.Collections.Concurrent;
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
/// level doubtful: Meta raises it by itself, and joining the Business app lowers it. When Meta announces that it has raised one, it asks at once; an
/// announcement whose signal did not reach it, it finds in the sender's row.
/// The same answer tells the limit of the account's portfolio.
/// </summary>
internal sealed class LevelKeeper(
    IWhatsAppClient client,
    ISenderStore senders,
    IDatabaseSignals signals,
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

    /// <summary>How long after it was asked in vain for a sender's portfolio it is asked again.</summary>
    private static readonly TimeSpan PortfolioInterval = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How long an announced level is asked for, each <see cref="Interval"/>: raising it takes up to a minute.</summary>
    private static readonly TimeSpan AnnouncedMax = TimeSpan.FromMinutes(2);

    private readonly WakeUp _wake = new(time);
    private readonly ConcurrentDictionary<SenderKey, long> _announced = new();
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var announcements = signals.Subscribe(SignalChannels.LevelChannel, HearOfLevel);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wake.WaitAsync(Interval, stoppingToken);
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
        var stale = owned.Workers.Where(worker => worker.Pace.IsLevelDoubtful || IsAnnounced(worker.Key) || HasMissedNews(worker)
            || now - worker.LevelTime >= (worker.Sender.PortfolioId is null ? PortfolioInterval : Life));
        foreach (var account in stale.GroupBy(worker => worker.Sender.WabaId, StringComparer.Ordinal).ToList())
        {
            if (_asked.TryAdd(account.Key, now) || account.Any(worker => IsAnnounced(worker.Key)))
                await RefreshAsync(account.Key, [.. account], ct);
        }
    }

    private async Task RefreshAsync(string account, IReadOnlyList<SenderWorker> workers, CancellationToken ct)
    {
        if (tokens.Find(workers[0].Sender) is not { } token || account.Length == 0 || account.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return;
        var byNumber = workers.ToLookup(worker => worker.Sender.PhoneNumberId, StringComparer.Ordinal);
        string? after = null;
        var (portfolio, isAsked) = ((string?)null, false);
        for (var page = 0; page < PagesMax; page++)
        {
            // What Meta refuses here, a dead token for example, it refuses for messages too, where it has its consequences.
            if (await client.ListPhoneNumbersAsync(account, token, after, ct) is not { Value: { } numbers })
                return;
            // One limit for all numbers of an account, so one that tells it will do.
            var limit = numbers.Items.Select(number => number.MessagingLimit).FirstOrDefault(limit => limit is not null);
            if (!isAsked && (limit is not null || workers.Any(worker => worker.Sender.PortfolioId is null)))
                (portfolio, isAsked) = (await portfolios.KeepAsync(account, token, limit, ct), true);
            foreach (var number in numbers.Items)
            {
                foreach (var worker in byNumber[number.PhoneNumberId])
                    await TakeAsync(worker, number, portfolio, ct);
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
            if (row.MessagesPerSecond == updated.MessagesPerSecond)
                return;
            // Meta has said itself that it is done.
            if (IsAnnounced(worker.Key) && _announced.TryRemove(worker.Key, out _))
                worker.Pace.EndHold();
            log.LevelChanged(worker.Key.Tenant, worker.Key.Sender, updated.MessagesPerSecond);
            return;
        }
    }

    private bool IsAnnounced(SenderKey key)
    {
        if (!_announced.TryGetValue(key, out var since))
            return false;
        if (time.GetElapsedTime(since) < AnnouncedMax)
            return true;
        _announced.TryRemove(key, out _);
        return false;
    }

    /// <summary>Whether the level was not read since it was announced, or so soon after that it may have been the old one.</summary>
    private static bool HasMissedNews(SenderWorker worker) =>
        worker.Sender.LevelNewsTime is { } announced && worker.LevelTime < announced + AnnouncedMax;

    private void HearOfLevel(string payload)
    {
        if (payload.Length == 0)
        {
            // An announcement may have been missed. It stands in its sender's row, which each turn of the dispatcher reads.
            _wake.Call();
            return;
        }
        // Of other nodes' senders nothing is kept.
        if (!SenderKey.TryParse(payload, out var key) || owned.Find(key) is null)
            return;
        _announced[key] = time.GetTimestamp();
        _wake.Call();
    }
}
