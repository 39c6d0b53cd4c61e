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

    /// <summary>What follows "WITH RECURSIVE waiting (tenant_id, sender_id) AS (...)": the first due time of each sender, up to @Until.</summary>
    public const string DueOfWaiting =
        $"""
        SELECT tenant_id, sender_id, due_time FROM (
          SELECT w.tenant_id, w.sender_id, (
            SELECT MIN(due_time) FROM (
              SELECT (
                SELECT due_time FROM messages m
                WHERE m.tenant_id = w.tenant_id AND m.sender_id = w.sender_id AND m.campaign_id IS NULL AND m.class = c.class AND m.stage = 10
                ORDER BY due_time LIMIT 1) AS due_time
              FROM (SELECT 1 AS class UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) c
              UNION ALL
              SELECT (
                SELECT due_time FROM messages m
                WHERE m.tenant_id = w.tenant_id AND m.sender_id = w.sender_id AND m.campaign_id = k.campaign_id AND m.stage = 10
                ORDER BY class, due_time LIMIT 1)
              FROM campaigns k
              WHERE k.tenant_id = w.tenant_id AND k.sender_id = w.sender_id AND {IsClaimable}
            ) firsts) AS due_time
          FROM waiting w
        ) due
        WHERE due_time <= @Until
        """;
}
