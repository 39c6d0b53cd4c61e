using Herald.Storage.Consents;

namespace Herald.Storage.Portfolios;

/// <summary>What both databases share of the limits of portfolios.</summary>
internal static class PortfolioSql
{
    /// <summary>The limited portfolio of a sender; nothing where there is no limit.</summary>
    public const string OfSender =
        """
        SELECT p.portfolio_id, p.people_max, p.reserve_percent, p.update_time
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

    /// <summary>How many people of a list would count against the limit. Class and sender of the messages are parameters.</summary>
    public const string CountPeople =
        $"""
        SELECT COUNT(*)
        FROM (SELECT l.tenant_id, l.contact_id, @SenderId AS sender_id, @Class AS class
              FROM contact_list_members l WHERE l.tenant_id = @TenantId AND l.list_id = @ListId) m
        {ConsentSql.SuppressionJoins}
        {Joins}
        WHERE w.contact_id IS NULL AND r.contact_id IS NULL AND {ConsentSql.SuppressionReason} = 0
        """;
}
