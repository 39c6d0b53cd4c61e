using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Herald.Delivery.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Senders;

/// <summary>
/// Sends for one sender while its lease is held: takes tokens, claims that many messages, posts each, settles in batches. It claims
/// only what can leave at once, so that what a crash leaves open is no more than what was in flight.
/// </summary>
internal sealed class SenderWorker : IDisposable
{
    private readonly IMessageStore _messages;
    private readonly MessageDispatch _dispatch;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly LeaseHolder _lease;
    private readonly long _epoch;
    private readonly SemaphoreSlim _slots;
    private readonly WakeUp _wake;
    private readonly ConcurrentDictionary<Task, bool> _inFlight = new();
    private readonly OptOutBarrier _barrier;
    private readonly Pace _pace;
    private volatile SenderRow _sender;
    private volatile Exception? _fault;

    public SenderWorker(SenderRow sender, LeaseHolder lease, IMessageStore messages, MessageDispatch dispatch,
        DeliveryOptions options, TimeProvider time, ILogger log)
    {
        _sender = sender;
        _lease = lease;
        _epoch = lease.Epoch;
        _messages = messages;
        _dispatch = dispatch;
        _options = options;
        _time = time;
        _log = log;
        _wake = new WakeUp(time);
        _slots = new SemaphoreSlim(options.ConcurrencyPerSender);
        _pace = new Pace(time, sender.MessagesPerSecond);
        _barrier = new OptOutBarrier(time, options.ClaimDuration);
    }

    private TenantId Tenant => _sender.TenantId;

    private SenderId Sender => _sender.SenderId;

    public void Wake() => _wake.Call();

    /// <summary>A contact (<c>tenant/contact</c>) opted out: what was claimed for it and has not left goes back to the queue.</summary>
    public void Withhold(string contact) => _barrier.Add(contact);

    /// <summary>Signals may have been lost: everything claimed that has not left goes back to the queue.</summary>
    public void WithholdAll() => _barrier.AddAll();

    public void Refresh(SenderRow sender)
    {
        _sender = sender;
        _pace.SetLevel(sender.MessagesPerSecond);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200));
        while (!ct.IsCancellationRequested && _lease.IsHeld && _lease.Epoch == _epoch && _fault is null)
        {
            try
            {
                if (!await SendNextBatchAsync(ct))
                    break;
                backoff.Reset();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                _log.StorageUnavailable(error, nameof(SenderWorker));
                await Task.Delay(backoff.Next(), _time, CancellationToken.None);
            }
        }
        await DrainAsync();
        if (_fault is { } fault)
            ExceptionDispatchInfo.Throw(fault);
    }

    public void Dispose()
    {
        _slots.Dispose();
    }

    /// <summary>Returns false when the lease is lost.</summary>
    private async Task<bool> SendNextBatchAsync(CancellationToken ct)
    {
        // The token ends the wait only: nobody takes a slot any more after that.
        await _slots.WaitAsync(CancellationToken.None).WaitAsync(ct);
        _slots.Release();
        var wanted = _slots.CurrentCount;
        var tokens = _pace.Take(wanted);
        if (tokens == 0)
        {
            await Task.Delay(AtLeastOneMillisecond(_pace.WaitFor(Math.Max(1, wanted / 4))), _time, ct);
            return true;
        }
        var claimedAt = _time.GetTimestamp();
        var now = _time.GetUtcNow();
        // Not given up when the node stops: once committed, what was claimed must be sent or given back, or it would become UNKNOWN.
        var claim = await _messages.ClaimAsync(new ClaimRequest
        {
            TenantId = Tenant,
            SenderId = Sender,
            Node = _lease.Node,
            Epoch = _epoch,
            Limit = tokens,
            Now = now,
            LeaseUntil = now + _options.ClaimDuration,
        }, CancellationToken.None);
        _pace.GiveBack(tokens - claim.Messages.Count);
        if (claim.LeaseLost)
            return false;
        foreach (var message in claim.Messages)
            Start(message, claimedAt);
        if (claim.Messages.Count == 0 && claim.Suppressed == 0)
            await WaitForWorkAsync(ct);
        return true;
    }

    private void Start(ClaimedMessage message, long claimedAt)
    {
        _slots.Wait();
        var send = BackgroundWork.Run(() => SendAsync(message, claimedAt));
        _inFlight[send] = true;
        send.ContinueWith(Finish, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>A send never throws for what the network, Meta or a database that is away do; anything else is a bug and ends the worker.</summary>
    private void Finish(Task send)
    {
        if (send.Exception is { } error)
            _fault = error.GetBaseException();
        _inFlight.TryRemove(send, out _);
    }

    private async Task SendAsync(ClaimedMessage message, long claimedAt)
    {
        try
        {
            await _dispatch.SendAsync(_sender, _lease, _barrier, _pace, message, _epoch, claimedAt);
        }
        finally
        {
            _slots.Release();
        }
    }

    private Task<bool> WaitForWorkAsync(CancellationToken ct) => _wake.WaitAsync(_options.IdleInterval, ct);

    private async Task DrainAsync()
    {
        var all = Task.WhenAll(_inFlight.Keys);
        var limit = Task.Delay(_options.DrainTimeout, _time, CancellationToken.None);
        if (await Task.WhenAny(all, limit) == all)
            await all;
        else
            _log.DrainTimedOut(Tenant, Sender, _inFlight.Count);
    }

    private static TimeSpan AtLeastOneMillisecond(TimeSpan wait) =>
        wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
