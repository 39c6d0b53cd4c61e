namespace Herald.Storage.Messages;

/// <summary>Statements on messages that several stores share.</summary>
internal static class MessageSql
{
    public const string Columns =
        """
        m.tenant_id, m.message_id, m.campaign_id, m.contact_id, m.sender_id, m.class, m.state, m.suppression_reason, m.error_code, m.error_detail,
        m.template_id, m.content, m.dedupe_key, m.due_time, m.attempts, m.claim_node, m.claim_epoch, m.claim_expire_time, m.wamid,
        m.create_time, m.claim_time, m.accept_time, m.sent_time, m.delivered_time, m.read_time, m.end_time, m.api_key_id, m.expire_time,
        m.price, m.fail_time, m.fail_code, m.limit_hold_time, m.limit_due_time, m.contact_hold_time, m.contact_hold_until,
        m.cancel_key_id, m.send_time
        """;

    /// <summary>
    /// The campaign message to @ContactId claimed last, since @Since. Asks each campaign that ran since then for its one message
    /// to the contact; the CROSS JOIN makes SQLite begin with the campaigns.
    /// </summary>
    public const string LastOfCampaigns =
        $"""
        SELECT {Columns}
        FROM campaigns k CROSS JOIN messages m
        WHERE m.tenant_id = k.tenant_id AND m.campaign_id = k.campaign_id AND m.contact_id = @ContactId AND k.tenant_id = @TenantId AND k.start_time IS NOT NULL AND (k.end_time IS NULL OR k.end_time >= @Since)
          AND m.claim_time >= @Since AND m.campaign_id IS NOT NULL
        ORDER BY m.claim_time DESC, m.message_id DESC LIMIT 1
        """;

    // State 10 is Queued.
    public const string Enqueue =
        """
        INSERT INTO messages (tenant_id, message_id, campaign_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail,
          template_id, content, dedupe_key, due_time, attempts, claim_node, claim_epoch, claim_expire_time, wamid, create_time, expire_time)
        VALUES (@TenantId, @MessageId, NULL, @ContactId, @SenderId, @Class, 10, 0, 0, '',
          NULL, @Content, @DedupeKey, @DueTime, 0, NULL, NULL, NULL, NULL, @CreateTime, @ExpireTime)
        ON CONFLICT DO NOTHING
        """;
}
