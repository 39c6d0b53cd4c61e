namespace Herald.Storage.Messages;

/// <summary>Statements over many single messages, which come as one JSON array and read alike on both databases from there on.</summary>
internal static class SendSql
{
    private const string RecipientsPostgreSql =
        """
        jsonb_to_recordset(@Items::jsonb) AS i (n integer, contact_id uuid, sender_id uuid, phone text, phone_variant text, user_id text)
        """;

    private const string RecipientsSqlite =
        """
        (SELECT key AS n, value ->> 'contact_id' AS contact_id, value ->> 'sender_id' AS sender_id, value ->> 'phone' AS phone,
           value ->> 'phone_variant' AS phone_variant, value ->> 'user_id' AS user_id
         FROM json_each(@Items)) i
        """;

    // Identity kind 1 is a phone, 2 a user id. What the scope of a sender says counts for that sender.
    private const string StandingsHead =
        """
        SELECT c.contact_id, c.phone IS NOT NULL OR c.user_id IS NOT NULL AS has_address, COALESCE(c.unreachable_code, 0) <> 0 AS is_unreachable,
          c.restrict_time IS NOT NULL AS is_restricted,
          COALESCE(t.marketing, 0) AS marketing, COALESCE(t.utility, 0) AS utility,
          COALESCE(s.marketing, 0) AS sender_marketing, COALESCE(s.utility, 0) AS sender_utility, w.inbound_time
        FROM 
        """;

    private const string StandingsTail =
        $"""

        LEFT JOIN contact_identities p ON p.tenant_id = @TenantId AND p.kind = 1 AND p.value = i.phone
        LEFT JOIN contact_identities v ON v.tenant_id = @TenantId AND v.kind = 1 AND v.value = i.phone_variant
        LEFT JOIN contact_identities u ON u.tenant_id = @TenantId AND u.kind = 2 AND u.value = i.user_id
        LEFT JOIN contacts c ON c.tenant_id = @TenantId AND c.contact_id = COALESCE(i.contact_id, p.contact_id, v.contact_id, u.contact_id)
        LEFT JOIN consents t ON t.tenant_id = @TenantId AND t.contact_id = c.contact_id AND t.scope_id = {SqlText.TenantScope}
        LEFT JOIN consents s ON s.tenant_id = @TenantId AND s.contact_id = c.contact_id AND s.scope_id = i.sender_id
        LEFT JOIN contact_windows w ON w.tenant_id = @TenantId AND w.contact_id = c.contact_id AND w.sender_id = i.sender_id
        ORDER BY i.n
        """;

    private const string IdentitiesPostgreSql = "jsonb_to_recordset(@Items::jsonb) AS i (kind smallint, value text, contact_id uuid)";

    private const string IdentitiesSqlite =
        """
        (SELECT value ->> 'kind' AS kind, value ->> 'value' AS value, value ->> 'contact_id' AS contact_id FROM json_each(@Items)) i
        """;

    // In one order everywhere: of two transactions with any identity in common, one waits for the other at the first of these.
    private const string AddIdentitiesHead =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id)
        SELECT @TenantId, i.kind, i.value, i.contact_id FROM 
        """;

    private const string AddIdentitiesTail = " WHERE i.kind > 0 ORDER BY i.kind, i.value ON CONFLICT DO NOTHING";

    private const string ContactsPostgreSql = "jsonb_to_recordset(@Items::jsonb) AS i (contact_id uuid, phone text, user_id text)";

    private const string ContactsSqlite =
        """
        (SELECT value ->> 'contact_id' AS contact_id, value ->> 'phone' AS phone, value ->> 'user_id' AS user_id FROM json_each(@Items)) i
        """;

    private const string AddContactsHead =
        """
        INSERT INTO contacts (tenant_id, contact_id, phone, user_id, parent_user_id, username, display_name, language, time_zone, attributes,
          version, create_time, update_time)
        SELECT @TenantId, i.contact_id, i.phone, i.user_id, NULL, NULL, '', '', '', '{}', 1, @Now, @Now FROM 
        """;

    private const string MessagesPostgreSql =
        """
        jsonb_to_recordset(@Items::jsonb) AS i (message_id uuid, contact_id uuid, sender_id uuid, class smallint, template_id uuid, content text,
          due_time bigint, expire_time bigint, create_time bigint)
        """;

    private const string MessagesSqlite =
        """
        (SELECT value ->> 'message_id' AS message_id, value ->> 'contact_id' AS contact_id, value ->> 'sender_id' AS sender_id,
           value ->> 'class' AS class, value ->> 'template_id' AS template_id, value ->> 'content' AS content, value ->> 'due_time' AS due_time,
           value ->> 'expire_time' AS expire_time, value ->> 'create_time' AS create_time
         FROM json_each(@Items)) i
        """;

    // State 10 is Queued.
    private const string QueueHead =
        """
        INSERT INTO messages (tenant_id, message_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail,
          template_id, content, due_time, attempts, create_time, api_key_id, expire_time, send_time)
        SELECT @TenantId, i.message_id, i.contact_id, i.sender_id, i.class, 10, 0, 0, '', i.template_id, i.content, i.due_time, 0, i.create_time, @KeyId,
          i.expire_time, CASE WHEN i.due_time > i.create_time THEN i.due_time END
        FROM 
        """;

    private const string QueueTail = " WHERE i.class > 0 ON CONFLICT DO NOTHING";

    /// <summary>Standings of recipients, on PostgreSQL.</summary>
    public const string StandingsOnPostgreSql = StandingsHead + RecipientsPostgreSql + StandingsTail;

    /// <summary>The same on SQLite.</summary>
    public const string StandingsOnSqlite = StandingsHead + RecipientsSqlite + StandingsTail;

    /// <summary>Adds identities that nobody has, on PostgreSQL. How many tells whether somebody had one.</summary>
    public const string AddIdentitiesOnPostgreSql = AddIdentitiesHead + IdentitiesPostgreSql + AddIdentitiesTail;

    /// <summary>The same on SQLite.</summary>
    public const string AddIdentitiesOnSqlite = AddIdentitiesHead + IdentitiesSqlite + AddIdentitiesTail;

    /// <summary>Adds contacts, on PostgreSQL.</summary>
    public const string AddContactsOnPostgreSql = AddContactsHead + ContactsPostgreSql;

    /// <summary>The same on SQLite.</summary>
    public const string AddContactsOnSqlite = AddContactsHead + ContactsSqlite;

    /// <summary>Queues messages, on PostgreSQL.</summary>
    public const string QueueOnPostgreSql = QueueHead + MessagesPostgreSql + QueueTail;

    /// <summary>The same on SQLite.</summary>
    public const string QueueOnSqlite = QueueHead + MessagesSqlite + QueueTail;
}
