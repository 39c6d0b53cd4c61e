namespace Herald.Storage.Consents;

/// <summary>The rule of <see cref="Domain.Consents.ConsentRules"/> in SQL, the same text on both databases.</summary>
internal static class ConsentSql
{
    /// <summary>Columns of a projection.</summary>
    public const string Columns =
        "tenant_id, contact_id, scope_id, marketing, marketing_time, marketing_source, utility, utility_time, utility_source";

    /// <summary>Columns of an entry of the ledger.</summary>
    public const string EventColumns =
        $"""
        tenant_id, contact_id, event_id, purpose, action, NULLIF(scope_id, {SqlText.TenantScope}) AS scope, source, evidence_key, evidence, actor,
          campaign_id, message_id, event_time, record_time
        """;

    private const string OldMarketing =
        """
        (CASE WHEN consents.marketing = 0 THEN 0 WHEN consents.marketing = 1 AND consents.marketing_source = 1 THEN 1 ELSE 2 END,
         consents.marketing_time, consents.marketing, consents.marketing_source)
        """;

    private const string NewMarketing =
        """
        (CASE WHEN excluded.marketing = 0 THEN 0 WHEN excluded.marketing = 1 AND excluded.marketing_source = 1 THEN 1 ELSE 2 END,
         excluded.marketing_time, excluded.marketing, excluded.marketing_source)
        """;

    private const string OldUtility =
        """
        (CASE WHEN consents.utility = 0 THEN 0 WHEN consents.utility = 1 AND consents.utility_source = 1 THEN 1 ELSE 2 END,
         consents.utility_time, consents.utility, consents.utility_source)
        """;

    private const string NewUtility =
        """
        (CASE WHEN excluded.utility = 0 THEN 0 WHEN excluded.utility = 1 AND excluded.utility_source = 1 THEN 1 ELSE 2 END,
         excluded.utility_time, excluded.utility, excluded.utility_source)
        """;

    /// <summary>
    /// What follows an INSERT INTO consents of events, one a row: the greater of the stored and the new answer stays, purpose by purpose. A purpose
    /// that an event does not touch is inserted as unknown, with time and source 0, and is never the greater one.
    /// </summary>
    public const string OnConflict =
        $"""
        ON CONFLICT (tenant_id, contact_id, scope_id) DO UPDATE
        SET marketing = CASE WHEN {OldMarketing} < {NewMarketing} THEN excluded.marketing ELSE consents.marketing END,
            marketing_time = CASE WHEN {OldMarketing} < {NewMarketing} THEN excluded.marketing_time ELSE consents.marketing_time END,
            marketing_source = CASE WHEN {OldMarketing} < {NewMarketing} THEN excluded.marketing_source ELSE consents.marketing_source END,
            utility = CASE WHEN {OldUtility} < {NewUtility} THEN excluded.utility ELSE consents.utility END,
            utility_time = CASE WHEN {OldUtility} < {NewUtility} THEN excluded.utility_time ELSE consents.utility_time END,
            utility_source = CASE WHEN {OldUtility} < {NewUtility} THEN excluded.utility_source ELSE consents.utility_source END
        """;

    /// <summary>Added to <see cref="OnConflict"/>: rows that stay as they are count as not written.</summary>
    public const string WhereGreater = $"WHERE {OldMarketing} < {NewMarketing} OR {OldUtility} < {NewUtility}";

    /// <summary>
    /// What a message m counts as, by its template p as it stands: WhatsApp moves templates to another category while messages of them wait. The stricter
    /// of this and of what the message was queued as. Template categories 1 and 2 are Marketing and Utility.
    /// </summary>
    public const string Class =
        "CASE WHEN p.category = 1 THEN 4 WHEN p.category = 2 AND m.class = 1 THEN 3 ELSE m.class END";

    /// <summary>
    /// Why a message m may not go (0 if it may), from its contact c, its template p, the tenant-wide projection t and that of its sender s,
    /// each null when there is none. The numbers are those of SuppressionReason and MessageClass; mirrors ConsentRules.MayReceive.
    /// </summary>
    /// <remarks>A restricted contact gets nothing of any class. Campaigns skip whom WhatsApp could not reach; a code that a person waits for, or an answer to what they wrote, is tried.</remarks>
    public const string SuppressionReason =
        $"""
        CASE
          WHEN c.contact_id IS NULL THEN 6
          WHEN c.restrict_time IS NOT NULL THEN 5
          WHEN {Class} = 4 AND t.marketing = 2 THEN 2
          WHEN {Class} = 4 AND s.marketing = 2 THEN 3
          WHEN {Class} = 4 AND COALESCE(t.marketing, 0) <> 1 THEN 1
          WHEN {Class} = 3 AND t.utility = 2 THEN 2
          WHEN {Class} = 3 AND s.utility = 2 THEN 3
          WHEN c.phone IS NULL AND c.user_id IS NULL THEN 4
          WHEN {Class} IN (3, 4) AND c.unreachable_code <> 0 THEN 9
          ELSE 0
        END
        """;

    /// <summary>Joins what <see cref="SuppressionReason"/> reads to messages m.</summary>
    public const string SuppressionJoins =
        $"""
        LEFT JOIN templates p ON p.tenant_id = m.tenant_id AND p.template_id = m.template_id
        LEFT JOIN contacts c ON c.tenant_id = m.tenant_id AND c.contact_id = m.contact_id
        LEFT JOIN consents t ON t.tenant_id = m.tenant_id AND t.contact_id = m.contact_id AND t.scope_id = {SqlText.TenantScope}
        LEFT JOIN consents s ON s.tenant_id = m.tenant_id AND s.contact_id = m.contact_id AND s.scope_id = m.sender_id
        """;
}
