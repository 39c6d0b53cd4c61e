using System.Collections.Concurrent;

namespace Herald.Simulator;

/// <summary>Counts and remembers what was sent, told and answered.</summary>
internal sealed class SendLedger
{
    private readonly Counters<string> _byNumber = new();
    private readonly Counters<string> _byCategory = new();
    private readonly Counters<int> _refused = new();
    private readonly Counters<string> _statuses = new();
    private readonly Counters<int> _failed = new();
    private readonly Counters<LedgerCount> _counts = new();
    private readonly ConcurrentDictionary<string, byte> _callbackData = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SendRecord> _sends = new();
    private readonly ConcurrentQueue<SendAfterStop> _afterStop = new();
    private long _order;

    public IReadOnlyCollection<SendRecord> Sends => _sends;

    public IReadOnlyCollection<SendAfterStop> AfterStop => _afterStop;

    /// <summary>The next place in the order of requests and acknowledgements.</summary>
    public long NextOrder() => Interlocked.Increment(ref _order);

    public void Accepted(SendRecord send)
    {
        _sends.Enqueue(send);
        _byNumber.Add(send.PhoneNumberId);
        _byCategory.Add(send.Category);
        _counts.Add(LedgerCount.Accepted);
        if (send.CallbackData is { } data && !_callbackData.TryAdd(data, 0))
        {
            _counts.Add(LedgerCount.DuplicateCallbackData);
        }
    }

    public void SentAfterStop(SendAfterStop late) => _afterStop.Enqueue(late);

    public void Refused(int code) => _refused.Add(code);

    public void Told(string status, int? errorCode)
    {
        _statuses.Add(status);
        if (errorCode is { } code)
        {
            _failed.Add(code);
        }
    }

    public void Count(LedgerCount what) => _counts.Add(what);

    public void Clear()
    {
        _byNumber.Clear();
        _byCategory.Clear();
        _refused.Clear();
        _statuses.Clear();
        _failed.Clear();
        _counts.Clear();
        _callbackData.Clear();
        _sends.Clear();
        _afterStop.Clear();
    }

    public SimulatorState Snapshot(WebhookCounts webhooks, int scheduled) => new()
    {
        AcceptedSends = _counts.Of(LedgerCount.Accepted),
        AcceptedByNumber = _byNumber.Snapshot(),
        AcceptedByCategory = _byCategory.Snapshot(),
        DistinctCallbackData = _callbackData.Count,
        DuplicateCallbackData = _counts.Of(LedgerCount.DuplicateCallbackData),
        RefusedByCode = _refused.Snapshot(),
        Statuses = _statuses.Snapshot(),
        FailedByCode = _failed.Snapshot(),
        Inbound = _counts.Of(LedgerCount.Inbound),
        StopsSaid = _counts.Of(LedgerCount.StopSaid),
        StopsAcknowledged = _counts.Of(LedgerCount.StopAcknowledged),
        SendsAfterStop = _afterStop.Count,
        WebhookPosts = webhooks.Posts,
        WebhookPostsFailed = webhooks.PostsFailed,
        UpdatesAcknowledged = webhooks.Acknowledged,
        UpdatesPending = webhooks.Pending,
        UpdatesDropped = webhooks.Dropped,
        ScheduledEvents = scheduled,
        FaultsInjected = _counts.Of(LedgerCount.Fault),
    };
}

/// <summary>Plain counts of the ledger.</summary>
internal enum LedgerCount
{
    Accepted,
    DuplicateCallbackData,
    Inbound,
    StopSaid,
    StopAcknowledged,
    Fault,
}

/// <summary>What the webhook sender has done so far.</summary>
internal readonly record struct WebhookCounts(long Posts, long PostsFailed, long Acknowledged, long Pending, long Dropped);
