using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>
/// The part of a locked message that attempts and statuses change. Every move is asked of <see cref="MessageLifecycle"/>, so both
/// databases follow its one table, and all that a batch says of a message becomes one write.
/// </summary>
internal sealed class MessageProgress
{
    /// <summary>The columns below, of messages m.</summary>
    public const string Columns =
        """
        m.tenant_id, m.message_id, m.campaign_id, m.state, m.suppression_reason, m.error_code, m.error_detail, m.due_time, m.attempts, m.claim_epoch,
        m.claim_expire_time, m.wamid, m.accept_time, m.sent_time, m.delivered_time, m.read_time, m.end_time
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

    public long? ClaimEpoch { get; init; }

    public DateTimeOffset? ClaimExpireTime { get; set; }

    public string? Wamid { get; set; }

    public DateTimeOffset? AcceptTime { get; set; }

    public DateTimeOffset? SentTime { get; set; }

    public DateTimeOffset? DeliveredTime { get; set; }

    public DateTimeOffset? ReadTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    /// <summary>The content is no longer needed: the message left, or never will.</summary>
    public bool DropsContent { get; private set; }

    /// <summary>Something differs from what is stored.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>True when it was claimed by that attempt and nobody claimed it since.</summary>
    public bool IsClaimOf(long epoch, int attempt) => Attempts == attempt && ClaimEpoch == epoch;

    /// <summary>What the outcome of its own attempt does.</summary>
    /// <param name="settlement">The outcome.</param>
    /// <param name="hasCampaignEnded">A message that would wait again has nothing to wait for.</param>
    public void Settle(Settlement settlement, bool hasCampaignEnded)
    {
        if (settlement.Outcome == AttemptOutcome.Accepted)
        {
            Wamid = Fill(Wamid, settlement.Wamid);
            AcceptTime = Fill(AcceptTime, settlement.Now);
            Tell(MessageState.Accepted);
            DropContent();
            return;
        }
        if (State is not (MessageState.Claimed or MessageState.Unknown))
            return;

        ErrorCode = settlement.ErrorCode;
        ErrorDetail = settlement.ErrorDetail;
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
                LoseTrack();
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

    /// <summary>The claim ran out, or the connection broke, before the outcome was known.</summary>
    public void LoseTrack()
    {
        if (State == MessageState.Claimed)
            Move(MessageTrigger.LoseTrack);
    }

    /// <summary>What a status webhook says; nothing changes if all of it is known.</summary>
    public void Apply(StatusUpdate update)
    {
        Wamid = Fill(Wamid, update.Wamid);
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
