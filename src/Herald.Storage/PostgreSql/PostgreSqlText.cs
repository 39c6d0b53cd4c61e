namespace Herald.Storage.PostgreSql;

/// <summary>Pieces of SQL that several statements share.</summary>
internal static class PostgreSqlText
{
    /// <summary>The server's time as it is stored, also within a transaction that began earlier.</summary>
    public const string NowMicros = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint";
}
