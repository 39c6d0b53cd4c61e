using Herald.Storage.Migrations;

namespace Herald.Storage.PostgreSql;

internal sealed class PostgreSqlMigrationDialect : IMigrationDialect
{
    public string Folder => "PostgreSql";

    // The number is arbitrary; it must only be the same in all versions of Herald.
    public string LockSql => "SELECT pg_advisory_xact_lock(4815162342)";

    public string CountTablesSql =>
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = @Table";
}
