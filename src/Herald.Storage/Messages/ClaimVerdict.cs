using Herald.Storage.Consents;

namespace Herald.Storage.Messages;

/// <summary>What a claim decides of each due message m, the same on both databases.</summary>
internal static class ClaimVerdict
{
    /// <summary>
    /// 0 if it may go, a SuppressionReason if it may not, -1 if it is too late. Single messages without a template are held to the window that
    /// the contact opened by writing; @WindowSince is 24 hours ago.
    /// </summary>
    public const string Sql =
        $"""
        CASE
          WHEN m.expire_time <= @Now THEN -1
          WHEN m.class = 2 AND m.api_key_id IS NOT NULL AND COALESCE(w.inbound_time, 0) <= @WindowSince THEN 8
          ELSE {ConsentSql.SuppressionReason}
        END
        """;

    /// <summary>Until when marketing to the contact is held back, null if it is not: the message waits, whenever and however it was queued.</summary>
    public const string HoldUntil = $"CASE WHEN {ConsentSql.Class} = 4 AND c.hold_until > @Now THEN c.hold_until END";

    /// <summary>Joins what <see cref="Sql"/> and <see cref="HoldUntil"/> read to messages m.</summary>
    public const string Joins =
        $"""
        {ConsentSql.SuppressionJoins}
        LEFT JOIN contact_windows w ON m.class = 2 AND m.api_key_id IS NOT NULL
          AND w.tenant_id = m.tenant_id AND w.contact_id = m.contact_id AND w.sender_id = m.sender_id
        """;
}
