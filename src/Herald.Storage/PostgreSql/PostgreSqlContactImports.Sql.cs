using Herald.Storage.Consents;

namespace Herald.Storage.PostgreSql;

/// <summary>The statements of an import, in the order in which they run.</summary>
internal sealed partial class PostgreSqlContactImports
{
    private const string CreateTablesSql =
        """
        CREATE TEMPORARY TABLE IF NOT EXISTS import_rows (
          new_id uuid, phone text, display_name text, language text, time_zone text, attributes text,
          event_id uuid, purpose smallint, action smallint, source smallint, evidence_key text, evidence text, actor text, event_time bigint,
          contact_id uuid
        ) ON COMMIT DELETE ROWS;
        CREATE TEMPORARY TABLE IF NOT EXISTS import_variants (phone text, variant text, contact_id uuid) ON COMMIT DELETE ROWS;
        """;

    private const string CopyRowsSql =
        """
        COPY import_rows (new_id, phone, display_name, language, time_zone, attributes, event_id, purpose, action, source, evidence_key, evidence,
          actor, event_time) FROM STDIN (FORMAT BINARY)
        """;

    private const string CopyVariantsSql = "COPY import_variants (phone, variant) FROM STDIN (FORMAT BINARY)";

    // The temporary tables have no statistics otherwise, and joins of thousands of rows would be planned for a handful.
    private const string AnalyzeSql = "ANALYZE import_rows; ANALYZE import_variants";

    // A subquery for each row is a look by key, whatever the planner knows of the table.
    private const string ResolveSql =
        """
        UPDATE import_rows r
        SET contact_id = (SELECT i.contact_id FROM contact_identities i WHERE i.tenant_id = @TenantId AND i.kind = 1 AND i.value = r.phone)
        WHERE r.contact_id IS NULL
        """;

    private const string ResolveVariantsSql =
        """
        UPDATE import_variants v
        SET contact_id = (SELECT i.contact_id FROM contact_identities i WHERE i.tenant_id = @TenantId AND i.kind = 1 AND i.value = v.variant)
        """;

    private const string ResolveByVariantSql =
        """
        UPDATE import_rows r SET contact_id = v.contact_id
        FROM import_variants v
        WHERE r.contact_id IS NULL AND v.phone = r.phone AND v.contact_id IS NOT NULL
        """;

    private const string AddNewIdentitiesSql =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id)
        SELECT @TenantId, 1, phone, new_id FROM import_rows WHERE contact_id IS NULL ORDER BY phone
        ON CONFLICT DO NOTHING
        """;

    private const string ResolveNewcomersSql = "UPDATE import_rows SET contact_id = new_id WHERE phone = ANY(@Ids)";

    // Keeps known people from being erased until the commit. Who was erased meanwhile is nobody's again and comes in as somebody new, whom
    // the suppressions are asked about.
    private const string LockContactsSql =
        """
        UPDATE import_rows r
        SET contact_id = (SELECT c.contact_id FROM contacts c WHERE c.tenant_id = @TenantId AND c.contact_id = r.contact_id FOR KEY SHARE)
        WHERE r.contact_id <> r.new_id
        """;

    private const string AnyUnresolvedSql = "SELECT EXISTS (SELECT 1 FROM import_rows WHERE contact_id IS NULL)";

    private const string OwnersSql = "SELECT phone, contact_id FROM import_rows WHERE phone = ANY(@Ids)";

    private const string InsertContactsSql =
        """
        INSERT INTO contacts (tenant_id, contact_id, phone, display_name, language, time_zone, attributes, version, create_time, update_time)
        SELECT @TenantId, contact_id, phone, display_name, language, time_zone, attributes, 1, @Now, @Now
        FROM import_rows WHERE contact_id = new_id ORDER BY contact_id
        ON CONFLICT DO NOTHING
        """;

    private const string AddOtherIdentitiesSql =
        """
        INSERT INTO contact_identities (tenant_id, kind, value, contact_id)
        SELECT @TenantId, 1, o.value, o.contact_id
        FROM (SELECT phone AS value, contact_id FROM import_rows WHERE contact_id <> new_id
              UNION
              SELECT v.variant, r.contact_id FROM import_variants v JOIN import_rows r ON r.phone = v.phone) o
        ORDER BY o.value
        ON CONFLICT DO NOTHING
        """;

    // The planner would read all contacts of a tenant rather than look a thousand up, which took most of an import of known people.
    private const string LookUpsSql = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

    private const string AnyJoinSql = "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on";

    // What was inserted just now is as the row says, so it is not counted.
    private const string UpdateContactsSql =
        """
        UPDATE contacts c
        SET phone = COALESCE(c.phone, r.phone),
            display_name = COALESCE(NULLIF(r.display_name, ''), c.display_name),
            language = COALESCE(NULLIF(r.language, ''), c.language),
            time_zone = COALESCE(NULLIF(r.time_zone, ''), c.time_zone),
            attributes = CASE WHEN r.attributes = '{}' OR c.attributes::jsonb @> r.attributes::jsonb THEN c.attributes
              ELSE (c.attributes::jsonb || r.attributes::jsonb)::text END,
            version = c.version + 1, update_time = @Now
        FROM import_rows r
        WHERE c.tenant_id = @TenantId AND c.contact_id = r.contact_id AND (
          c.phone IS NULL OR c.display_name <> COALESCE(NULLIF(r.display_name, ''), c.display_name)
          OR c.language <> COALESCE(NULLIF(r.language, ''), c.language) OR c.time_zone <> COALESCE(NULLIF(r.time_zone, ''), c.time_zone)
          OR NOT (r.attributes = '{}' OR c.attributes = r.attributes OR c.attributes::jsonb @> r.attributes::jsonb))
        """;

    private const string AddMembersSql =
        """
        INSERT INTO contact_list_members (tenant_id, list_id, contact_id)
        SELECT @TenantId, @ListId, contact_id FROM import_rows ORDER BY contact_id
        ON CONFLICT DO NOTHING
        """;

    private const string DecidingSql = "SELECT DISTINCT contact_id FROM import_rows WHERE event_id IS NOT NULL";

    private const string CountTurnsSql =
        "SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM import_rows WHERE event_id IS NOT NULL GROUP BY contact_id) c";

    // The planner expects a handful of rows from the next statement's parts and would compare each with each.
    private const string NoNestedLoopsSql = "SET LOCAL enable_nestloop = off";

    private const string NestedLoopsSql = "SET LOCAL enable_nestloop = on";

    // Only what the ledger did not know moves the projection. Returns what moved it. One row of a contact at a time, because one
    // statement can't write a projection twice: two phones of a file may have become one person's since.
    private const string ProjectSql =
        $"""
        WITH recorded AS (
          INSERT INTO consent_events (tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, event_time,
            record_time)
          SELECT @TenantId, contact_id, event_id, purpose, action, {SqlText.TenantScope}, source, evidence_key, evidence, actor, event_time, @Now
          FROM (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY contact_id ORDER BY event_id) AS turn FROM import_rows WHERE event_id IS NOT NULL
          ) r
          WHERE turn = @Turn ORDER BY contact_id
          ON CONFLICT DO NOTHING
          RETURNING contact_id, purpose, action, source, event_time
        ), moved AS (
          INSERT INTO consents ({ConsentSql.Columns})
          SELECT @TenantId, e.contact_id, {SqlText.TenantScope},
            CASE WHEN e.purpose IN (1, 3) THEN e.action ELSE 0 END, CASE WHEN e.purpose IN (1, 3) THEN e.event_time ELSE 0 END,
            CASE WHEN e.purpose IN (1, 3) THEN e.source ELSE 0 END,
            CASE WHEN e.purpose IN (2, 3) THEN e.action ELSE 0 END, CASE WHEN e.purpose IN (2, 3) THEN e.event_time ELSE 0 END,
            CASE WHEN e.purpose IN (2, 3) THEN e.source ELSE 0 END
          FROM recorded e ORDER BY e.contact_id
          {ConsentSql.OnConflict}
          {ConsentSql.WhereGreater}
          RETURNING contact_id
        )
        SELECT e.contact_id, e.action FROM moved JOIN recorded e USING (contact_id)
        """;
}
