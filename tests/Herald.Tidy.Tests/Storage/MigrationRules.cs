using System.Text.RegularExpressions;

namespace Herald.Tidy.Tests.Storage;

/// <summary>Migrations run in step on both databases, from 0001 without gaps.</summary>
internal static partial class MigrationRules
{
    private const string Folder = "src/Herald.Storage/Migrations";

    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        var postgreSql = Names(files, "PostgreSql");
        var sqlite = Names(files, "Sqlite");
        if (postgreSql.Count == 0)
            yield return new Finding(Folder, 1, "There are no migrations.");

        foreach (var name in postgreSql.Except(sqlite))
            yield return new Finding($"{Folder}/Sqlite/{name}", 1, "PostgreSQL has this migration and SQLite has not.");
        foreach (var name in sqlite.Except(postgreSql))
            yield return new Finding($"{Folder}/PostgreSql/{name}", 1, "SQLite has this migration and PostgreSQL has not.");

        for (var i = 0; i < postgreSql.Count; i++)
        {
            if (!FileName().IsMatch(postgreSql[i]) || postgreSql[i][..4] != $"{i + 1:0000}")
                yield return new Finding($"{Folder}/PostgreSql/{postgreSql[i]}", 1, $"It should be called {i + 1:0000}_words.sql.");
        }
    }

    private static List<string> Names(IEnumerable<SourceFile> files, string database) =>
        [.. files.Where(file => file.Extension == ".sql" && file.IsUnder($"{Folder}/{database}")).Select(file => file.Name).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex FileName();
}
