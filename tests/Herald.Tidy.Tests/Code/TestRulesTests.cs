namespace Herald.Tidy.Tests.Code;

public sealed class TestRulesTests
{
    [Fact]
    public void Tests_are_sentences_and_none_is_skipped() => Findings.AssertNone(Repository.CSharp.SelectMany(TestRules.Check));

    [Theory]
    [InlineData("[Fact] public void Works() { }", 1)]
    [InlineData("[Theory, InlineData(1)] public void it_works(int x) { }", 1)]
    [InlineData("[Fact(Skip = \"later\")] public void It_works() { }", 1)]
    [InlineData("[Fact] public void Pausing_a_finished_campaign_is_refused() { }", 0)]
    [InlineData("public void Helper() { }", 0)]
    public void A_test_that_is_none_is_found(string member, int findings) =>
        Assert.Equal(findings, TestRules.Check(Sample.CSharp($"class C {{ {member} }}")).Count());
}
