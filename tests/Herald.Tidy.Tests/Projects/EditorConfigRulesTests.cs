namespace Herald.Tidy.Tests.Projects;

public sealed class EditorConfigRulesTests
{
    [Fact]
    public void Every_silenced_rule_has_its_reason() =>
        Findings.AssertNone(Repository.Files.Where(file => file.Extension == ".editorconfig").SelectMany(EditorConfigRules.Check));

    [Theory]
    [InlineData("# Test names are sentences with underscores.\ndotnet_diagnostic.CA1707.severity = none", 0)]
    [InlineData("dotnet_diagnostic.CA2016.severity = error", 0)]
    [InlineData("dotnet_diagnostic.CA1707.severity = none", 1)]
    [InlineData("[*.cs]\ndotnet_diagnostic.CA1707.severity = silent", 1)]
    [InlineData("# Off.\ndotnet_diagnostic.CA1707.severity = none", 1)]
    public void A_rule_silenced_without_a_reason_is_found(string text, int findings) =>
        Assert.Equal(findings, EditorConfigRules.Check(Sample.File(text, ".editorconfig")).Count());
}
