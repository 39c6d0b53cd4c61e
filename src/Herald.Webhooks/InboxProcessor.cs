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
    private const string Channel = "herald_inbox";

    private readonly IWebhookInbox _inbox;
    private readonly IDatabaseSignals _signals;
    private readonly InboxRound _round;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxProcessor> _log;
    private readonly LeaseHolder _lease;
    private readonly WakeUp _wake;
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
        using var subscription = _signals.Subscribe(Channel, _ => _wake.Call());
        var backoff = new Backoff(_options.IdleInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await HoldAsync(stoppingToken) || await ProcessNextAsync(stoppingToken) == 0)
                    await _wake.WaitAsync(_options.IdleInterval, stoppingToken);
                backoff.Reset();
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                _log.InboxUnavailable(error);
                await Task.Delay(backoff.Next(), _time, stoppingToken);
            }
        }
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
