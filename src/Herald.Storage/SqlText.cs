namespace Herald.Storage;

/// <summary>Pieces of SQL that several statements share.</summary>
internal static class SqlText
{
    /// <summary>The scope of the whole tenant, the nil uuid; read alike by both databases.</summary>
    public const string TenantScope = "'00000000-0000-0000-0000-000000000000'";

    /// <summary>Membership in an <see cref="IdSet"/> called Ids, on PostgreSQL.</summary>
    public const string InIdsPostgreSql = " = ANY(@Ids)";

    /// <summary>Membership in an <see cref="IdSet"/> called Ids, on SQLite.</summary>
    public const string InIdsSqlite = " IN (SELECT value FROM json_each(@Ids))";

    /// <summary>
    /// Begins a look for a campaign k of the tenant that is not finished, which a condition on what it uses ends; the states 6, 7 and 8 are the ends.
    /// Asked after what it uses was locked, in a statement of its own: a campaign that was being added then is seen.
    /// </summary>
    public const string UnfinishedCampaign =
        "SELECT k.campaign_id FROM campaigns k WHERE k.tenant_id = @TenantId AND k.state NOT IN (6, 7, 8) AND k.";
}
