using Herald.Storage.Migrations;

namespace Herald.Storage.Sqlite;

internal sealed class SqliteMigrationDialect : IMigrationDialect
{
    public string Folder => "Sqlite";

    // An immediate transaction excludes every other writer of every process.
    public string LockSql => "";

    public string CountTablesSql => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @Table";
}
