using Herald.Storage.Consents;

namespace Herald.Storage.Portfolios;

/// <summary>What both databases share of the limits of portfolios.</summary>
internal static class PortfolioSql
{
    /// <summary>The limited portfolio of a sender, a <see cref="LimitedPortfolio"/>; nothing where there is no limit.</summary>
    public const string OfSender =
        """
        SELECT p.portfolio_id, p.people_max, p.reserve_percent, s.closed_countries
        FROM senders s JOIN portfolios p ON p.portfolio_id = s.portfolio_id
        WHERE s.tenant_id = @TenantId AND s.sender_id = @SenderId AND p.people_max IS NOT NULL
        """;

    /// <summary>Spans that count.</summary>
    public const string Spans =
        """
        SELECT span_time AS start, reached, planned FROM portfolio_spans WHERE portfolio_id = @PortfolioId AND span_time > @Oldest
        """;

    /// <summary>
    /// Joins to messages m the window w in which their contact writes with their sender, and whether the portfolio reached the contact within the day, r.
    /// </summary>
    public const string Joins =
        """
        LEFT JOIN contact_windows w ON w.tenant_id = m.tenant_id AND w.contact_id = m.contact_id AND w.sender_id = m.sender_id
          AND w.inbound_time > @WindowSince
        LEFT JOIN portfolio_reach r ON r.tenant_id = m.tenant_id AND r.contact_id = m.contact_id AND r.portfolio_id = @PortfolioId
          AND r.reach_time > @ReachedSince
        """;

    /// <summary>
    /// How many people are waiting, up to a maximum: who has a template queued by any sender of the portfolio, other than for a campaign that is
    /// paused. Of a list, how many of these, shared, and how many others would count against the limit. Class and sender of the messages are parameters.
    /// </summary>
    // Queue stage 10 is Queued or Claimed, state 10 is Queued; campaign state 3 is Preparing, 4 is Running.
    public const string CountPeople =
        $"""
        WITH waiting AS MATERIALIZED (
          SELECT DISTINCT q.tenant_id, q.contact_id
          FROM (SELECT m.tenant_id, m.contact_id
                FROM senders o JOIN messages m ON m.tenant_id = o.tenant_id AND m.sender_id = o.sender_id AND m.queue_stage = 10 AND m.state = 10
                LEFT JOIN campaigns k ON k.tenant_id = m.tenant_id AND k.campaign_id = m.campaign_id
                {Joins}
                WHERE o.portfolio_id = @PortfolioId AND m.template_id IS NOT NULL AND (m.campaign_id IS NULL OR (m.campaign_id <> @CampaignId AND k.state IN (3, 4)))
                  AND w.contact_id IS NULL AND r.contact_id IS NULL
                LIMIT @WaitingMax) q
        )
        SELECT (SELECT COUNT(*) FROM waiting) AS waiting,
          COUNT(*) FILTER (WHERE x.contact_id IS NULL) AS people, COUNT(*) FILTER (WHERE x.contact_id IS NOT NULL) AS shared
        FROM (SELECT l.tenant_id, l.contact_id, @SenderId AS sender_id, @Class AS class, @TemplateId AS template_id
              FROM contact_list_members l WHERE l.tenant_id = @TenantId AND l.list_id = @ListId) m
        {ConsentSql.SuppressionJoins}
        {Joins}
        LEFT JOIN waiting x ON x.tenant_id = m.tenant_id AND x.contact_id = m.contact_id
        WHERE w.contact_id IS NULL AND r.contact_id IS NULL AND {ConsentSql.SuppressionReason} = 0
        """;
}
