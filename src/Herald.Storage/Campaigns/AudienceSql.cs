using Herald.Storage.Consents;
using Herald.Storage.Messages;

namespace Herald.Storage.Campaigns;

/// <summary>What both databases share of the insert of an audience.</summary>
internal static class AudienceSql
{
    // Materialized, so that PostgreSQL finds each verdict out once and not once for each use of it.
    /// <summary>Stands before the rows m (tenant_id, message_id, contact_id, sender_id, class, template_id). State 10 is Queued, 70 is Suppressed; class 4 is Marketing.</summary>
    public const string Head =
        $"""
        INSERT INTO messages (tenant_id, message_id, campaign_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail,
          template_id, due_time, attempts, create_time, end_time, contact_hold_time, contact_hold_until)
        WITH v AS MATERIALIZED (
          SELECT m.tenant_id, m.message_id, m.contact_id, m.sender_id, {ConsentSql.Class} AS class, {ClaimVerdict.HoldUntil} AS held_until,
            {ConsentSql.SuppressionReason} AS reason
          FROM
        """;

    /// <summary>Stands after them.</summary>
    public const string Tail =
        $"""
          {ConsentSql.SuppressionJoins}
        )
        SELECT v.tenant_id, v.message_id, @CampaignId, v.contact_id, v.sender_id, v.class, CASE v.reason WHEN 0 THEN 10 ELSE 70 END, v.reason, 0, '',
          @TemplateId, COALESCE(v.held_until, @Now), 0, @Now, CASE v.reason WHEN 0 THEN NULL ELSE @Now END,
          CASE WHEN v.held_until IS NOT NULL THEN @Now END, v.held_until
        FROM v
        WHERE v.reason >= 0
        ON CONFLICT DO NOTHING
        """;
}
