namespace Herald.Tidy.Tests.Storage;

public sealed class MigrationRulesTests
{
    [Fact]
    public void Migrations_are_in_step() => Findings.AssertNone(MigrationRules.Check(Repository.Files));

    [Theory]
    [InlineData("0001_a 0002_b", "0001_a 0002_b", 0)]
    [InlineData("", "", 1)]
    [InlineData("0001_a 0002_b", "0001_a", 1)]
    [InlineData("0001_a", "0001_a 0002_b", 1)]
    [InlineData("0001_a 0002_b", "0001_a 0002_c", 2)]
    [InlineData("0001_a 0003_b", "0001_a 0003_b", 1)]
    [InlineData("0001_a 0001_b", "0001_a 0001_b", 1)]
    [InlineData("1_a", "1_a", 1)]
    public void A_migration_out_of_step_is_found(string postgreSql, string sqlite, int findings)
    {
        var files = Files("PostgreSql", postgreSql).Concat(Files("Sqlite", sqlite)).ToList();

        Assert.Equal(findings, MigrationRules.Check(files).Count());
    }

    private static IEnumerable<SourceFile> Files(string database, string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Sample.File(string.Empty, $"src/Herald.Storage/Migrations/{database}/{name}.sql"));
}
