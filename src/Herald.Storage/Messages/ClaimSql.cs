using Herald.Domain.Messages;

namespace Herald.Storage.Messages;

/// <summary>Pieces of the claim that both databases share. Numbers are those of Herald.Domain.</summary>
internal static class ClaimSql
{
    /// <summary>
    /// Whether the sender s of the lease l may send, being Active or Throttled: 0 if not, else 1, and <see cref="IsLimited"/> if the portfolio b of the
    /// sender has a limit, and <see cref="IsMarketingStopped"/> if it may send no marketing now.
    /// </summary>
    public const string MaySend =
        """
        CASE WHEN s.state NOT IN (3, 4) OR s.state IS NULL THEN 0
          ELSE 1 + CASE WHEN b.people_max IS NULL THEN 0 ELSE 2 END + CASE WHEN s.is_marketing_stopped THEN 4 ELSE 0 END END
        """;

    /// <summary>The bit of <see cref="MaySend"/> where people have to be counted.</summary>
    public const int IsLimited = 2;

    /// <summary>The bit of <see cref="MaySend"/> where marketing has to wait.</summary>
    public const int IsMarketingStopped = 4;

    /// <summary>
    /// The last class, in their order, of which messages are picked after this answer of <see cref="MaySend"/>. What was picked as another and is marketing by
    /// its template's present category stays queued as that.
    /// </summary>
    public static MessageClass LastClass(int maySend) => (maySend & IsMarketingStopped) == 0 ? MessageClass.Marketing : MessageClass.Utility;

    /// <summary>Joins what <see cref="MaySend"/> reads to leases l.</summary>
    public const string MaySendJoins =
        """
        LEFT JOIN senders s ON s.tenant_id = @TenantId AND s.sender_id = @SenderId
        LEFT JOIN portfolios b ON b.portfolio_id = s.portfolio_id
        """;

    /// <summary>Holds for a campaign k that is Running and whose template is Approved.</summary>
    public const string IsClaimable =
        """
        k.state = 4 AND EXISTS (
          SELECT 1 FROM templates a WHERE a.tenant_id = k.tenant_id AND a.template_id = k.template_id AND a.state = 3)
        """;

    /// <summary>
    /// Meta's code with which it would refuse the template of message m, 0 if it would not: 132015 paused, 132016 disabled, 132001 not approved. The template is
    /// p, as <see cref="Consents.ConsentSql.SuppressionJoins"/> joins it. Asked of messages without a campaign, for which nobody would wait; a campaign's are not picked before its template is approved.
    /// </summary>
    public const string TemplateCode =
        """
        CASE
          WHEN m.campaign_id IS NOT NULL OR m.template_id IS NULL OR p.state = 3 THEN 0
          WHEN p.state = 5 THEN 132015
          WHEN p.state = 6 THEN 132016
          ELSE 132001
        END
        """;

    /// <summary>What a person reads on a message that failed with <see cref="TemplateCode"/>.</summary>
    public const string TemplateDetail = "'The template is not approved.'";

    /// <summary>What a person reads on a message m that became too late: what it waited for. What WhatsApp said of it last stays, being that.</summary>
    // Outcome 3 is Unknown: what may have been sent is not said to be unsent. Sender state 5 is Restricted, 3 and 4 are Active and Throttled; class 4 is Marketing.
    public const string LateDetail =
        $"""
        CASE
          WHEN m.error_code <> 0 THEN m.error_detail
          WHEN m.attempts > 0 AND EXISTS (SELECT 1 FROM message_attempts a WHERE a.tenant_id = m.tenant_id AND a.message_id = m.message_id AND a.outcome = 3)
            THEN '{MessageProgress.GraceOver}'
          WHEN EXISTS (SELECT 1 FROM senders s WHERE s.tenant_id = m.tenant_id AND s.sender_id = m.sender_id AND s.state = 5)
            THEN 'Its time ran out while WhatsApp did not let its sender send.'
          WHEN EXISTS (SELECT 1 FROM senders s WHERE s.tenant_id = m.tenant_id AND s.sender_id = m.sender_id AND s.state NOT IN (3, 4))
            THEN 'Its time ran out while its sender was not connected.'
          WHEN m.class = 4 AND EXISTS (SELECT 1 FROM senders s WHERE s.tenant_id = m.tenant_id AND s.sender_id = m.sender_id AND s.is_marketing_stopped)
            THEN 'Its time ran out while WhatsApp let its sender send no marketing.'
          WHEN m.due_time = m.contact_hold_until THEN 'Its time ran out while WhatsApp withheld marketing from the contact.'
          WHEN m.due_time = m.limit_due_time
            THEN 'Its time ran out while its sender''s portfolio had reached as many people as WhatsApp lets it reach in 24 hours.'
          ELSE 'Its time ran out before it was sent.'
        END
        """;

    /// <summary>What follows "WITH RECURSIVE waiting (tenant_id, sender_id) AS (...)": the first due time of each sender, up to @Until.</summary>
    public const string DueOfWaiting =
        $"""
        SELECT tenant_id, sender_id, due_time FROM (
          SELECT w.tenant_id, w.sender_id, (
            SELECT MIN(due_time) FROM (
              SELECT (
                SELECT due_time FROM messages m
                WHERE m.tenant_id = w.tenant_id AND m.sender_id = w.sender_id AND m.campaign_id IS NULL AND m.class = c.class AND m.queue_stage = 10 AND m.state = 10
                ORDER BY due_time LIMIT 1) AS due_time
              FROM (SELECT 1 AS class UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) c
              UNION ALL
              SELECT (
                SELECT due_time FROM messages m
                WHERE m.tenant_id = w.tenant_id AND m.sender_id = w.sender_id AND m.campaign_id = k.campaign_id AND m.queue_stage = 10 AND m.state = 10
                ORDER BY class, due_time LIMIT 1)
              FROM campaigns k
              WHERE k.tenant_id = w.tenant_id AND k.sender_id = w.sender_id AND {IsClaimable}
            ) firsts) AS due_time
          FROM waiting w
        ) due
        WHERE due_time <= @Until
        """;
}
