using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Herald.Delivery.Messages;
using Herald.Domain.Campaigns;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;

namespace Herald.Delivery.Senders;

/// <summary>
/// Sends for one sender while its lease is held: waits until its pace and its share of the node allow some messages, claims that many, posts each. It
/// claims only what can leave at once, so that what a crash leaves open is no more than what was in flight. Without work it sleeps until it is
/// woken: it never asks the database by itself whether there is any.
/// </summary>
internal sealed class SenderWorker : IDisposable
{
    /// <summary>A claim's messages leave together: a quarter of what the pace lets wait, so that neither a slow claim nor a late timer loses any of it.</summary>
    private const double BatchSeconds = 0.05;

    /// <summary>Requests in flight for each message a second: at full pace answers may take half a second.</summary>
    private const double ConcurrencySeconds = 0.5;

    private const int ConcurrencyMin = 16;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan DeafRest = TimeSpan.FromMilliseconds(100);

    private readonly SenderWorkerFactory _node;
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeUp _work;
    private readonly WakeUp _freed;
    private readonly ConcurrentDictionary<Task, bool> _inFlight = new();
    private readonly ConcurrentDictionary<ClaimKey, bool> _started = new();
    private volatile SenderRow _sender;
    private volatile Exception? _fault;
    private bool _isIdle = true;
    private bool _isClaimInDoubt;
    private int _busy;
    private CampaignId? _lastServed;
    private Task? _run;

    public SenderWorker(SenderRow sender, HeldLease lease, SenderWorkerFactory node)
    {
        _sender = sender;
        _node = node;
        _work = new WakeUp(node.Time);
        _freed = new WakeUp(node.Time);
        Key = SenderKey.Of(sender);
        Lease = lease;
        Pace = new Pace(node.Time, sender.MessagesPerSecond);
        Pairs = new PairLimit(node.Time);
        // Connecting a number reads it.
        LevelTime = sender.CreateTime;
    }

    public SenderKey Key { get; }

    public HeldLease Lease { get; }

    public Pace Pace { get; }

    public PairLimit Pairs { get; }

    /// <summary>The sender as last read.</summary>
    public SenderRow Sender => _sender;

    /// <summary>When the sender's level was last read from Meta.</summary>
    public DateTimeOffset LevelTime { get; set; }

    /// <summary>How much of a node it takes.</summary>
    public int Weight => Math.Max(1, _sender.MessagesPerSecond);

    /// <summary>True when it sends no more: its lease was lost, or it failed.</summary>
    public bool HasEnded => _run is { IsCompleted: true };

    private int Concurrency => Math.Clamp(
        (int)(Pace.LevelPerSecond * ConcurrencySeconds), Math.Min(ConcurrencyMin, _node.Options.ConcurrencyPerSender), _node.Options.ConcurrencyPerSender);

    public void Start() => _run = BackgroundWork.Run(RunAsync);

    /// <summary>There may be something to claim.</summary>
    public void Wake() => _work.Call();

    public void Refresh(SenderRow sender)
    {
        _sender = sender;
        Pace.SetLevel(sender.MessagesPerSecond);
    }

    /// <summary>
    /// Stops claiming, gives back what was claimed and not sent, and completes when what is in flight is settled or the drain time is over.
    /// Faulted when the worker failed.
    /// </summary>
    public async Task StopAsync()
    {
        await BackgroundWork.Run(_stop.Cancel);
        await (_run ?? Task.CompletedTask);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        var ct = _stop.Token;
        var backoff = new Backoff(FirstRetry);
        var pause = TimeSpan.Zero;
        while (!ct.IsCancellationRequested && Lease.IsHeld && _fault is null)
        {
            try
            {
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, _node.Time, ct);
                pause = TimeSpan.Zero;
                if (!await SendNextAsync(ct))
                    break;
                backoff.Reset();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                _node.Log.StorageUnavailable(error, nameof(SenderWorker));
                pause = backoff.Next();
            }
        }
        await DrainAsync();
        if (_fault is { } fault)
            ExceptionDispatchInfo.Throw(fault);
    }

    /// <summary>One claim and what comes before it. False when the lease is lost.</summary>
    private async Task<bool> SendNextAsync(CancellationToken ct)
    {
        if (_isIdle)
        {
            await _work.WaitAsync(Timeout.InfiniteTimeSpan, ct);
            _isIdle = false;
            return true;
        }
        if (!_node.Barrier.IsHearing)
        {
            // What is claimed now would be held back, given back, and claimed again.
            await Task.Delay(DeafRest, _node.Time, ct);
            return true;
        }
        if (_isClaimInDoubt)
            await GiveBackUnheardAsync(ct);
        // A claim costs the database about as much for one message as for fifty: it waits until there are slots for all that may leave together, at
        // most half of all, so that the other half is under way meanwhile.
        var concurrency = Concurrency;
        var least = Math.Clamp((int)(Pace.RatePerSecond * BatchSeconds), 1, Math.Max(1, concurrency / 2));
        while (concurrency - Volatile.Read(ref _busy) < least)
        {
            await _freed.WaitAsync(Timeout.InfiniteTimeSpan, ct);
            if (_fault is not null)
                return false;
        }
        var wait = Pace.WaitFor(Math.Max(1, (int)(Pace.RatePerSecond * BatchSeconds)));
        if (wait > TimeSpan.Zero)
        {
            // What is held may be let go before its time.
            await Task.Delay(wait < LongestRest ? AtLeastOneMillisecond(wait) : LongestRest, _node.Time, ct);
            return true;
        }
        var wanted = Math.Min(concurrency - Volatile.Read(ref _busy), Math.Max(1, Pace.Available));
        var slots = await _node.Shares.Flights.TakeAsync(Key.Tenant, wanted, ct);
        var started = 0;
        var tokens = Pace.Take(slots);
        try
        {
            if (tokens == 0)
                return true;
            _node.Barrier.Beat();
            var claimedAt = _node.Time.GetTimestamp();
            var deadline = LeaseDeadline.FromNow(_node.Time, _node.Options.ClaimDuration);
            var claim = await ClaimAsync(tokens, ct);
            if (claim.LeaseLost)
                return false;
            started = Start(claim.Messages, claimedAt, deadline, ct);
            if (claim.Messages.Count + claim.Suppressed + claim.Postponed >= tokens)
                return true;
        }
        finally
        {
            Pace.GiveBack(tokens - started);
            _node.Shares.Flights.Release(Key.Tenant, slots - started);
        }
        // All that was due is on its way. A call that came since the claim began is kept, and ends the sleep at once.
        _isIdle = true;
        return true;
    }

    private async Task<ClaimResult> ClaimAsync(int limit, CancellationToken ct)
    {
        await _node.Shares.Claims.TakeAsync(Key.Tenant, 1, ct);
        try
        {
            _isClaimInDoubt = true;
            // Not given up when the node stops: once committed, what was claimed must be sent or given back, or it would become UNKNOWN.
            var claim = await _node.Messages.ClaimAsync(new ClaimRequest
            {
                TenantId = Key.Tenant,
                SenderId = Key.Sender,
                Node = Lease.Node,
                Epoch = Lease.Epoch,
                Limit = limit,
                After = _lastServed,
                Now = _node.Time.GetUtcNow(),
                Duration = _node.Options.ClaimDuration,
            }, CancellationToken.None);
            _isClaimInDoubt = false;
            return claim;
        }
        finally
        {
            _node.Shares.Claims.Release(Key.Tenant, 1);
        }
    }

    /// <summary>Sends the messages off, or gives them back when the worker is to stop. How many slots are taken.</summary>
    private int Start(IReadOnlyList<ClaimedMessage> messages, long claimedAt, LeaseDeadline deadline, CancellationToken ct)
    {
        if (messages.Count == 0)
            return 0;
        _lastServed = messages[^1].CampaignId;
        if (ct.IsCancellationRequested)
        {
            Track(() => GiveBackAsync(messages));
            return 0;
        }
        var context = new SendContext(_sender, Lease, Pace, Pairs, _node.Barrier, claimedAt, deadline);
        foreach (var message in messages)
        {
            Interlocked.Increment(ref _busy);
            _started[KeyOf(message)] = true;
            Track(() => SendAsync(context, message));
        }
        return messages.Count;
    }

    private async Task SendAsync(SendContext context, ClaimedMessage message)
    {
        try
        {
            await _node.Dispatch.SendAsync(context, message);
            // Not after an error: whether it left is not known then.
            _started.TryRemove(KeyOf(message), out _);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
            _node.Shares.Flights.Release(Key.Tenant, 1);
        }
    }

    private Task<int> GiveBackAsync(IReadOnlyList<ClaimedMessage> messages) => _node.Retry.RunAsync("giving claims back", () => ReleaseAsync(
        [.. messages.Select(KeyOf)], CancellationToken.None));

    /// <summary>
    /// The connection broke before a claim answered, and it may have been committed. Nobody else claims under this epoch, so what is claimed and was not
    /// started is that claim's, and no request was made for it.
    /// </summary>
    private async Task<bool> GiveBackUnheardAsync(CancellationToken ct)
    {
        var claims = await _node.Messages.ListClaimsAsync(Key.Tenant, Key.Sender, Lease.Epoch, ct);
        await ReleaseAsync([.. claims.Where(claim => !_started.ContainsKey(claim))], ct);
        _isClaimInDoubt = false;
        return true;
    }

    private static ClaimKey KeyOf(ClaimedMessage message) => new(message.MessageId, message.Attempt);

    private Task<int> ReleaseAsync(IReadOnlyList<ClaimKey> claims, CancellationToken ct) =>
        _node.Messages.ReleaseAsync(Key.Tenant, Key.Sender, Lease.Epoch, claims, _node.Time.GetUtcNow(), ct);

    /// <summary>Owns a task until it ends. A send never throws for what the network, Meta or a database that is away do; anything else is a bug.</summary>
    private void Track(Func<Task> start)
    {
        var task = BackgroundWork.Run(start);
        _inFlight[task] = true;
        task.ContinueWith(Finish, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Finish(Task task)
    {
        _inFlight.TryRemove(task, out _);
        if (task.Exception is { } error)
        {
            _fault = error.GetBaseException();
            _work.Call();
        }
        _freed.Call();
    }

    private async Task DrainAsync()
    {
        var begun = _node.Time.GetTimestamp();
        if (_isClaimInDoubt)
            Track(() => _node.Retry.RunAsync("giving claims back", () => GiveBackUnheardAsync(CancellationToken.None)));
        while (!_inFlight.IsEmpty)
        {
            var left = _node.Options.DrainTimeout - _node.Time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                _node.Log.DrainTimedOut(Key.Tenant, Key.Sender, _inFlight.Count);
                return;
            }
            await _freed.WaitAsync(left, CancellationToken.None);
        }
    }

    private static TimeSpan AtLeastOneMillisecond(TimeSpan wait) =>
        wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
