namespace Herald.Storage.Repair;

/// <summary>What must hold of every message, as conditions on a message m that breaks it. Numbers are those of Herald.Domain.</summary>
internal static class MessageChecks
{
    /// <summary>Messages of one campaign.</summary>
    private const string OfCampaign = "m.tenant_id = @TenantId AND m.campaign_id = @CampaignId AND m.campaign_id IS NOT NULL AND ";

    /// <summary>Messages without a campaign.</summary>
    private const string Singles = "m.campaign_id IS NULL AND ";

    private const string Count = "SELECT COUNT(*) FROM messages m WHERE ";

    private const string Keys = "SELECT m.tenant_id, m.message_id FROM messages m WHERE ";

    // Outcome 0 is Open, 3 is Unknown.
    private const string CloseAttempts = "UPDATE message_attempts SET outcome = 3, end_time = @Now WHERE outcome = 0 AND (tenant_id, message_id) IN (";

    private const string CountOpenAttempts =
        """
        SELECT COUNT(*) FROM messages m JOIN message_attempts a ON a.tenant_id = m.tenant_id AND a.message_id = m.message_id AND a.outcome = 0
        WHERE 
        """;

    private const string NotClaimed = "m.state <> 20";

    private const string ClaimedTooLong = "m.queue_stage = 10 AND m.state = 20 AND (m.claim_expire_time IS NULL OR m.claim_expire_time < @Before)";

    private const string EndedWithoutTime = "m.state IN (70, 71, 72, 73) AND m.end_time IS NULL";

    private const string TimeWithoutEnd = "m.state NOT IN (70, 71, 72, 73) AND m.end_time IS NOT NULL";

    private const string ContentKept = "m.state NOT IN (10, 20, 25) AND m.content IS NOT NULL";

    private const string LimitWithoutClaim = "m.state <> 20 AND m.claim_expire_time IS NOT NULL";

    private const string ReasonWithoutSuppression = "m.state <> 70 AND m.suppression_reason <> 0";

    private const string SuppressionWithoutReason = "m.state = 70 AND m.suppression_reason = 0";

    private const string StrangeState = "m.state NOT IN (10, 20, 25, 30, 40, 50, 60, 70, 71, 72, 73)";

    private const string AttemptsMiscounted =
        "m.attempts <> (SELECT COUNT(*) FROM message_attempts a WHERE a.tenant_id = m.tenant_id AND a.message_id = m.message_id)";

    private const string MendClaimedTooLong = "UPDATE messages AS m SET state = 25, claim_expire_time = NULL, due_time = @Now WHERE ";

    private const string MendEndedWithoutTime = "UPDATE messages AS m SET end_time = COALESCE(m.claim_time, m.create_time) WHERE ";

    private const string MendTimeWithoutEnd = "UPDATE messages AS m SET end_time = NULL WHERE ";

    private const string MendContentKept = "UPDATE messages AS m SET content = NULL WHERE ";

    private const string MendLimitWithoutClaim = "UPDATE messages AS m SET claim_expire_time = NULL WHERE ";

    private const string MendReasonWithoutSuppression = "UPDATE messages AS m SET suppression_reason = 0 WHERE ";

    // State 10 is Queued; the states 6, 7 and 8 are the ends of a campaign.
    private const string QueuedAfterEnd =
        """
        m.queue_stage = 10 AND m.state = 10 AND EXISTS (
          SELECT 1 FROM campaigns k
          WHERE k.tenant_id = m.tenant_id AND k.campaign_id = m.campaign_id AND k.state IN (6, 7, 8) AND k.end_time < @Before)
        """;

    // State 73 is Cancelled.
    private const string MendQueuedAfterEnd = "UPDATE messages AS m SET state = 73, end_time = @Now, content = NULL WHERE ";

    /// <summary>The rules of messages of one campaign: of @TenantId and @CampaignId.</summary>
    public static readonly IReadOnlyList<RepairCheck> Campaign =
    [
        new("claimed, although the claim ran out long ago", Count + OfCampaign + ClaimedTooLong,
            CloseAttempts + Keys + OfCampaign + ClaimedTooLong + ")",
            MendClaimedTooLong + OfCampaign + ClaimedTooLong),
        new("ended without a time", Count + OfCampaign + EndedWithoutTime,
            MendEndedWithoutTime + OfCampaign + EndedWithoutTime),
        new("with the time of an end that it has not come to", Count + OfCampaign + TimeWithoutEnd,
            MendTimeWithoutEnd + OfCampaign + TimeWithoutEnd),
        new("left or ended, although what it says is still kept", Count + OfCampaign + ContentKept,
            MendContentKept + OfCampaign + ContentKept),
        new("not claimed, with a time limit of a claim", Count + OfCampaign + LimitWithoutClaim,
            MendLimitWithoutClaim + OfCampaign + LimitWithoutClaim),
        new("not suppressed, with a reason for it", Count + OfCampaign + ReasonWithoutSuppression,
            MendReasonWithoutSuppression + OfCampaign + ReasonWithoutSuppression),
        new("suppressed without a reason", Count + OfCampaign + SuppressionWithoutReason),
        new("in a state that no message has", Count + OfCampaign + StrangeState),
        new("with another number of attempts than the journal", Count + OfCampaign + AttemptsMiscounted),
        new("queued, although the campaign has ended", Count + OfCampaign + QueuedAfterEnd,
            MendQueuedAfterEnd + OfCampaign + QueuedAfterEnd),
        new("not claimed, with an open attempt in the journal", CountOpenAttempts + OfCampaign + NotClaimed,
            CloseAttempts + Keys + OfCampaign + NotClaimed + ")"),
    ];

    /// <summary>The rules of messages that have no campaign.</summary>
    public static readonly IReadOnlyList<RepairCheck> Single =
    [
        new("claimed, although the claim ran out long ago", Count + Singles + ClaimedTooLong,
            CloseAttempts + Keys + Singles + ClaimedTooLong + ")",
            MendClaimedTooLong + Singles + ClaimedTooLong),
        new("ended without a time", Count + Singles + EndedWithoutTime,
            MendEndedWithoutTime + Singles + EndedWithoutTime),
        new("with the time of an end that it has not come to", Count + Singles + TimeWithoutEnd,
            MendTimeWithoutEnd + Singles + TimeWithoutEnd),
        new("left or ended, although what it says is still kept", Count + Singles + ContentKept,
            MendContentKept + Singles + ContentKept),
        new("not claimed, with a time limit of a claim", Count + Singles + LimitWithoutClaim,
            MendLimitWithoutClaim + Singles + LimitWithoutClaim),
        new("not suppressed, with a reason for it", Count + Singles + ReasonWithoutSuppression,
            MendReasonWithoutSuppression + Singles + ReasonWithoutSuppression),
        new("suppressed without a reason", Count + Singles + SuppressionWithoutReason),
        new("in a state that no message has", Count + Singles + StrangeState),
        new("with another number of attempts than the journal", Count + Singles + AttemptsMiscounted),
        new("not claimed, with an open attempt in the journal", CountOpenAttempts + Singles + NotClaimed,
            CloseAttempts + Keys + Singles + NotClaimed + ")"),
    ];
}
