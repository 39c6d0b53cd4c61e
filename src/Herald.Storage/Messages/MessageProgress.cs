using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>
/// The part of a locked message that attempts and statuses change. Every move is asked of <see cref="MessageLifecycle"/>, so both
/// databases follow its one table, and all that a batch says of a message becomes one write.
/// </summary>
internal class MessageProgress
{
    /// <summary>What a person reads of a message whose outcome nobody ever told.</summary>
    public const string GraceOver = "WhatsApp never said whether it was sent, and the time to wait for that is over. It stays unsent.";

    /// <summary>The columns below, of messages m.</summary>
    public const string Columns =
        """
        m.tenant_id, m.message_id, m.campaign_id, m.state, m.suppression_reason, m.error_code, m.error_detail, m.due_time, m.attempts, m.claim_epoch,
        m.claim_expire_time, m.wamid, m.accept_time, m.sent_time, m.delivered_time, m.read_time, m.end_time,
        (m.campaign_id IS NOT NULL OR m.content IS NOT NULL) AS can_be_made, m.price, m.fail_time, m.fail_code
        """;

    public TenantId TenantId { get; init; }

    public MessageId MessageId { get; init; }

    public CampaignId? CampaignId { get; init; }

    public MessageState State { get; set; }

    public SuppressionReason SuppressionReason { get; set; }

    public int ErrorCode { get; set; }

    public string ErrorDetail { get; set; } = "";

    public DateTimeOffset DueTime { get; set; }

    public int Attempts { get; init; }

    /// <summary>What is claimed can only be sent if its content is still there, or can be made again from template and campaign.</summary>
    public bool CanBeMade { get; init; }

    public long? ClaimEpoch { get; init; }

    public DateTimeOffset? ClaimExpireTime { get; set; }

    public string? Wamid { get; set; }

    public DateTimeOffset? AcceptTime { get; set; }

    public DateTimeOffset? SentTime { get; set; }

    public DateTimeOffset? DeliveredTime { get; set; }

    public DateTimeOffset? ReadTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public int? Price { get; set; }

    public DateTimeOffset? FailTime { get; set; }

    public int? FailCode { get; set; }

    /// <summary>The content is no longer needed: the message left, or never will.</summary>
    public bool DropsContent { get; private set; }

    /// <summary>The status that told that its attempt failed and had it put off; null if none did.</summary>
    public StatusUpdate? PutOffBy { get; private set; }

    /// <summary>Something differs from what is stored.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>True when it was claimed by that attempt and nobody claimed it since.</summary>
    public bool IsClaimOf(long epoch, int attempt) => Attempts == attempt && ClaimEpoch == epoch;

    /// <summary>What the outcome of its own attempt does.</summary>
    /// <param name="settlement">The outcome.</param>
    /// <param name="hasCampaignEnded">A message that would wait again has nothing to wait for.</param>
    /// <param name="graceStart">The database's time, if the outcome is unknown.</param>
    public void Settle(Settlement settlement, bool hasCampaignEnded, DateTimeOffset graceStart)
    {
        if (settlement.Outcome == AttemptOutcome.Accepted)
        {
            // A status told already that this very attempt failed, and that the message goes once more.
            if (IsOver(settlement.Wamid))
                return;
            TakeWamid(settlement.Wamid);
            AcceptTime = Fill(AcceptTime, settlement.Now);
            Tell(MessageState.Accepted);
            DropContent();
            return;
        }
        if (State is not (MessageState.Claimed or MessageState.Unknown))
            return;

        // An attempt without a request says nothing new: what Meta said last still stands.
        if (settlement.Outcome != AttemptOutcome.NotSent || settlement.ErrorCode != 0)
        {
            ErrorCode = settlement.ErrorCode;
            ErrorDetail = settlement.ErrorDetail;
        }
        switch (settlement.NextState)
        {
            case MessageState.Queued when hasCampaignEnded:
                End(MessageTrigger.Cancel, settlement.Now);
                break;
            case MessageState.Queued:
                Move(MessageTrigger.Release);
                DueTime = settlement.RetryAt ?? throw new ArgumentException("A retry needs its time.", nameof(settlement));
                break;
            case MessageState.Unknown:
                LoseTrack(graceStart);
                break;
            case MessageState.Failed:
                End(MessageTrigger.Fail, settlement.Now);
                break;
            case MessageState.Suppressed:
                SuppressionReason = settlement.SuppressionReason;
                End(MessageTrigger.Suppress, settlement.Now);
                break;
            case MessageState.Expired:
                End(MessageTrigger.Expire, settlement.Now);
                break;
            default:
                throw new ArgumentException($"{settlement.NextState} is no next state of an attempt.", nameof(settlement));
        }
    }

    /// <summary>Gives a claim back, for which no request was made.</summary>
    public void Release(bool hasCampaignEnded, DateTimeOffset now)
    {
        if (hasCampaignEnded)
            End(MessageTrigger.Cancel, now);
        else
            Move(MessageTrigger.Release);
    }

    /// <summary>The grace time of an unknown outcome is over: the message stays unsent, or goes once more.</summary>
    public void EndGrace(bool goesOnceMore, DateTimeOffset now)
    {
        if (goesOnceMore)
        {
            Move(MessageTrigger.Release);
            DueTime = now;
            return;
        }
        ErrorDetail = GraceOver;
        End(MessageTrigger.Expire, now);
    }

    /// <summary>Whether the status calls for another attempt, which its campaign may have ended without.</summary>
    public bool IsRetriedBy(StatusUpdate update) =>
        update is { Evidence: MessageState.Failed, RetryAt: not null } && CanBeMade && !IsAboutAnotherAttempt(update)
        && MessageLifecycle.Decide(State, MessageTrigger.Retry).IsAccepted;

    /// <summary>What a status webhook says; nothing changes if all of it is known.</summary>
    /// <param name="update">The status.</param>
    /// <param name="canGoOn">False when its campaign has ended for good, so that nothing is tried again.</param>
    public void Apply(StatusUpdate update, bool canGoOn)
    {
        if (IsAboutAnotherAttempt(update))
            return;
        if (canGoOn && IsRetriedBy(update))
        {
            TakeWamid(update.Wamid);
            NoteFailure(update);
            ErrorCode = update.ErrorCode;
            ErrorDetail = update.ErrorDetail;
            Move(MessageTrigger.Retry);
            DueTime = update.RetryAt ?? throw new ArgumentException("A retry needs its time.", nameof(update));
            PutOffBy = update;
            // What is known of the failed attempt is no fact of the next one.
            (AcceptTime, SentTime) = (null, null);
            return;
        }
        TakeWamid(update.Wamid);
        Price = Greatest(Price, update.Price?.Value);
        switch (update.Evidence)
        {
            case MessageState.Sent:
                SentTime = Earliest(SentTime, update.Time);
                break;
            case MessageState.Delivered:
                DeliveredTime = Earliest(DeliveredTime, update.Time);
                break;
            case MessageState.Read:
                ReadTime = Earliest(ReadTime, update.Time);
                break;
            case MessageState.Failed:
                NoteFailure(update);
                break;
            default:
                throw new ArgumentException($"{update.Evidence} is no status of Meta.", nameof(update));
        }
        if (!Tell(update.Evidence))
            return;
        DropContent();
        if (update.Evidence == MessageState.Failed)
        {
            ErrorCode = update.ErrorCode;
            ErrorDetail = update.ErrorDetail;
            EndTime = update.Time;
        }
    }

    /// <summary>Meta's id is kept beyond a failed attempt, so that what is told of that attempt again is not taken for news of the next one.</summary>
    private bool IsOver(string? wamid) => Wamid is not null && Wamid == wamid && !IsAlive;

    private bool IsAlive => MessageLifecycle.Rank(State) >= MessageLifecycle.Rank(MessageState.Accepted);

    /// <summary>
    /// Bad news and weak news of an attempt that the message has left behind. That it arrived is news whatever the attempt: it need not go once more.
    /// </summary>
    private bool IsAboutAnotherAttempt(StatusUpdate update) =>
        update.Evidence is MessageState.Failed or MessageState.Sent && Wamid is not null && (IsAlive ? Wamid != update.Wamid : Wamid == update.Wamid);

    private void TakeWamid(string? wamid)
    {
        if (wamid is null || wamid == Wamid || (Wamid is not null && IsAlive))
            return;
        Wamid = wamid;
        IsChanged = true;
    }

    /// <summary>True when the evidence moved the message; what was given up before is then proven wrong.</summary>
    private bool Tell(MessageState evidence)
    {
        var next = MessageLifecycle.Next(State, evidence);
        if (next == State)
            return false;
        State = next;
        SuppressionReason = SuppressionReason.None;
        ErrorCode = 0;
        ErrorDetail = "";
        EndTime = null;
        ClaimExpireTime = null;
        IsChanged = true;
        return true;
    }

    /// <summary>The connection broke before the outcome was known. The grace time begins.</summary>
    private void LoseTrack(DateTimeOffset graceStart)
    {
        if (State != MessageState.Claimed)
            return;
        Move(MessageTrigger.LoseTrack);
        DueTime = graceStart;
    }

    private void End(MessageTrigger trigger, DateTimeOffset now)
    {
        Move(trigger);
        EndTime = now;
        DropContent();
    }

    private void Move(MessageTrigger trigger)
    {
        var decision = MessageLifecycle.Decide(State, trigger);
        if (!decision.IsAccepted)
            throw new InvalidOperationException(decision.Rejection.Text);
        State = decision.Change;
        ClaimExpireTime = null;
        IsChanged = true;
    }

    private void DropContent()
    {
        DropsContent = true;
        IsChanged = true;
    }

    /// <summary>The earliest failure stays, at equal times that of the smaller code: the same in any order.</summary>
    private void NoteFailure(StatusUpdate update)
    {
        if (FailTime is { } time && (time, FailCode ?? 0).CompareTo((update.Time, update.ErrorCode)) <= 0)
            return;
        (FailTime, FailCode) = (update.Time, update.ErrorCode);
        IsChanged = true;
    }

    // Every status of a message tells the same price; should it ever differ, the greatest is the same in any order.
    private int? Greatest(int? stored, int? told)
    {
        if (told is null || stored >= told)
            return stored;
        IsChanged = true;
        return told;
    }

    private T? Fill<T>(T? stored, T? told)
    {
        if (stored is not null || told is null)
            return stored;
        IsChanged = true;
        return told;
    }

    // Meta repeats a status with the same time; should it ever differ, the earliest is the same in any order.
    private DateTimeOffset? Earliest(DateTimeOffset? stored, DateTimeOffset told)
    {
        if (stored <= told)
            return stored;
        IsChanged = true;
        return told;
    }
}
