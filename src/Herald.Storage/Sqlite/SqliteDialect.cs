namespace Herald.Storage.Sqlite;

internal sealed class SqliteDialect : IDialect
{
    public string Pick(string postgreSql, string sqlite) => sqlite;
}
