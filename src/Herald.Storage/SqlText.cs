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
}
