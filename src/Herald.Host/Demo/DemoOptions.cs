using Herald.Storage;

namespace Herald.Host.Demo;

/// <param name="Recipients">People in the contacts file.</param>
/// <param name="Seed">Decides what the simulated people do.</param>
/// <param name="Database">An empty PostgreSQL database, or a file of SQLite's; null for SQLite in a temporary file.</param>
/// <param name="Stay">Keep serving afterwards.</param>
internal sealed record DemoOptions(int Recipients, int Seed, string? Database, bool Stay)
{
    /// <summary>Which of the two it runs on.</summary>
    public bool IsOnPostgreSql => Database is not null && HeraldDatabaseOptions.Parse(Database).Provider == DatabaseProvider.PostgreSql;
}
