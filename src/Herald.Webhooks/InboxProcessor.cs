using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

/// <summary>
/// Processes stored deliveries in the order they came. One node owns the inbox at a time, so that one person's messages stay in order;
/// another takes over when its lease ends. What is processed twice because of that has its effects once.
/// </summary>
internal sealed class InboxProcessor : BackgroundService
{
    private const string LeaseName = "inbox";

    private readonly IWebhookInbox _inbox;
    private readonly IDatabaseSignals _signals;
    private readonly InboxRound _round;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxProcessor> _log;
    private readonly LeaseHolder _lease;
    private readonly WakeUp _wake;
    private readonly WakeUp _hurry;
    private long _renewed;
    private long _epoch;

    public InboxProcessor(IWebhookInbox inbox, ILeaseStore leases, IDatabaseSignals signals, InboxRound round, NodeName node,
        IOptions<WebhookOptions> options, TimeProvider time, ILogger<InboxProcessor> log)
    {
        _inbox = inbox;
        _signals = signals;
        _round = round;
        _options = options.Value;
        _time = time;
        _wake = new WakeUp(time);
        _hurry = new WakeUp(time);
        _log = log;
        _lease = new LeaseHolder(leases, time, LeaseName, node.Value, _options.LeaseDuration);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _lease.ReleaseAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = _signals.Subscribe(SignalChannels.Inbox, OnSignal);
        var backoff = new Backoff(_options.IdleInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var begun = _time.GetTimestamp();
                var processed = await HoldAsync(stoppingToken) ? await ProcessNextAsync(stoppingToken) : 0;
                if (processed == 0)
                    await _wake.WaitAsync(_options.IdleInterval, stoppingToken);
                else if (processed < _options.BatchSize)
                    await GatherAsync(_options.RoundInterval - _time.GetElapsedTime(begun), stoppingToken);
                backoff.Reset();
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                _log.InboxUnavailable(error);
                await Task.Delay(backoff.Next(), _time, stoppingToken);
            }
        }
    }

    private void OnSignal(string payload)
    {
        if (payload != SignalChannels.InboxStatuses)
            _hurry.Call();
        _wake.Call();
    }

    /// <summary>
    /// Lets statuses gather, unless something else comes: those of one message become one write, and a statement costs little more for many. A message is
    /// sent, delivered and read within a second or so, and nobody waits for any of the three.
    /// </summary>
    private async Task GatherAsync(TimeSpan longest, CancellationToken ct)
    {
        if (longest > TimeSpan.Zero)
            await _hurry.WaitAsync(longest, ct);
    }

    private async Task<bool> HoldAsync(CancellationToken ct)
    {
        if (_lease.IsHeld && _time.GetElapsedTime(_renewed) < _options.LeaseDuration / 3)
            return true;
        _renewed = _time.GetTimestamp();
        if (!await _lease.TryHoldAsync(ct))
            return false;
        if (_lease.Epoch != _epoch)
        {
            _epoch = _lease.Epoch;
            _log.InboxOwned(_epoch);
        }
        return true;
    }

    private async Task<int> ProcessNextAsync(CancellationToken ct)
    {
        var deliveries = await _inbox.NextAsync(_time.GetUtcNow(), _options.BatchSize, ct);
        if (deliveries.Count > 0)
            await _round.ProcessAsync(deliveries, ct);
        return deliveries.Count;
    }
}
