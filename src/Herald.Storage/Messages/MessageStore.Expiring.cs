namespace Herald.Storage.Messages;

/// <summary>Queued messages that have become too late while nobody claimed them.</summary>
internal sealed partial class MessageStore
{
    private const string LatePick =
        """
        WITH picked AS MATERIALIZED (
          SELECT tenant_id, message_id FROM messages
          WHERE stage = 10 AND expire_time IS NOT NULL AND expire_time <= @Now ORDER BY expire_time LIMIT @Limit
        """;

    // State 72 is Expired; outcome 3 is Unknown: what may have been sent is not said to be unsent; sender state 5 is Restricted, 3 and 4 are Active and Throttled; class 4 is Marketing. What WhatsApp said last stays: then that is
    // what it waited for.
    private const string LatePicked =
        $"""
        )
        UPDATE messages SET state = 72, end_time = @Now, content = NULL,
          error_detail = CASE
            WHEN error_code <> 0 THEN error_detail
            WHEN attempts > 0 AND EXISTS (SELECT 1 FROM message_attempts a
                                          WHERE a.tenant_id = messages.tenant_id AND a.message_id = messages.message_id AND a.outcome = 3)
              THEN '{MessageProgress.GraceOver}'
            WHEN EXISTS (SELECT 1 FROM senders s
                         WHERE s.tenant_id = messages.tenant_id AND s.sender_id = messages.sender_id AND s.state = 5)
              THEN 'Its time ran out while WhatsApp did not let its sender send.'
            WHEN EXISTS (SELECT 1 FROM senders s
                         WHERE s.tenant_id = messages.tenant_id AND s.sender_id = messages.sender_id AND s.state NOT IN (3, 4))
              THEN 'Its time ran out while its sender was not connected.'
            WHEN class = 4 AND EXISTS (SELECT 1 FROM senders s
                                       WHERE s.tenant_id = messages.tenant_id AND s.sender_id = messages.sender_id AND s.is_marketing_stopped)
              THEN 'Its time ran out while WhatsApp let its sender send no marketing.'
            WHEN due_time = contact_hold_until THEN 'Its time ran out while WhatsApp withheld marketing from the contact.'
            WHEN due_time = limit_due_time
              THEN 'Its time ran out while its sender''s portfolio had reached as many people as WhatsApp lets it reach in 24 hours.'
            ELSE 'Its time ran out before it was sent.'
          END
        WHERE stage = 10 AND (tenant_id, message_id) IN (SELECT tenant_id, message_id FROM picked)
        """;

    // What is being claimed is decided there.
    private readonly string _expireQueuedSql = dialect.Pick(LatePick + " FOR UPDATE SKIP LOCKED " + LatePicked, LatePick + LatePicked);

    public Task<int> ExpireQueuedAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ExecuteAsync(_expireQueuedSql, new { Now = now, Limit = limit }, ct);
}
