namespace Herald.Tidy.Tests.Code;

public sealed class SqlRulesTests
{
    [Fact]
    public void Sql_is_made_of_constants()
    {
        var constants = SqlRules.Constants(Repository.CSharp);

        Findings.AssertNone(Repository.CSharp.SelectMany(file => SqlRules.Check(file, constants)));
    }

    [Theory]
    [InlineData("var sql = $\"SELECT * FROM {table}\";")]
    [InlineData("var sql = $\"\"\"\n  DELETE FROM t\n  WHERE a = {x}\n  \"\"\";")]
    [InlineData("var sql = \"SELECT * FROM \" + table;")]
    [InlineData("var sql = \"UPDATE t SET a = 1\" + \" WHERE b = \" + b;")]
    [InlineData("var sql = $\"SELECT {Columns} FROM t WHERE a = {value}\";")]
    [InlineData("var sql = $\"SELECT {Other.Columns} FROM t\";")]
    [InlineData("var sql = $\"SELECT {Columns.Trim()} FROM t\";")]
    public void Sql_with_a_value_in_it_is_found(string statement) => Assert.Single(Check(statement));

    [Theory]
    [InlineData("const string sql = $\"SELECT {Columns} FROM t\";")]
    [InlineData("var sql = $\"SELECT {Columns} FROM t\";")]
    [InlineData("var sql = $\"SELECT {Text.Now} FROM t\" + Order;")]
    [InlineData("const string where = \"WHERE a = @a\"; var sql = $\"SELECT a FROM t {where}\";")]
    [InlineData("var sql = \"SELECT a\" + \" FROM t\";")]
    [InlineData("var sql = \"SELECT a FROM t WHERE b = @b\";")]
    [InlineData("var text = $\"Update {name} where you like\";")]
    public void Sql_of_constants_is_not_found(string statement) => Assert.Empty(Check(statement));

    private static IEnumerable<Finding> Check(string statement)
    {
        var file = Sample.CSharp($$"""
            class Text { public const string Now = "now()"; }
            class Other { public static string Columns = "b"; }
            class C { const string Columns = "a", Order = " ORDER BY a"; void M() { {{statement}} } }
            """);
        return SqlRules.Check(file, SqlRules.Constants([file]));
    }
}
