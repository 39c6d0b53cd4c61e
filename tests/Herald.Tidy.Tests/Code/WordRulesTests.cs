namespace Herald.Tidy.Tests.Code;

public sealed class WordRulesTests
{
    [Fact]
    public void No_word_is_banned() => Findings.AssertNone(Repository.Files.SelectMany(WordRules.Check));

    [Theory]
    [InlineData("// TODO: later", 1)]
    [InlineData("# FIXME", 1)]
    [InlineData("see issue #12", 1)]
    [InlineData("var path = \"/home/me/data\";", 1)]
    [InlineData("a todo list", 0)]
    [InlineData("HACKATHON", 0)]
    [InlineData("https://example.com/home/page", 0)]
    [InlineData("the issue is known", 0)]
    public void A_banned_word_is_found(string line, int findings) =>
        Assert.Equal(findings, WordRules.Check(Sample.File($"one\n{line}\n")).Count(finding => finding.Line == 2));
}
