namespace Herald.Storage.PostgreSql;

internal sealed class PostgreSqlDialect : IDialect
{
    public string Pick(string postgreSql, string sqlite) => postgreSql;
}
