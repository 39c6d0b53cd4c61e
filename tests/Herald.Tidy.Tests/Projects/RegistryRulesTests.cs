namespace Herald.Tidy.Tests.Projects;

public sealed class RegistryRulesTests
{
    [Fact]
    public void Only_composition_knows_the_stand_ins() => Findings.AssertNone(Repository.Files.SelectMany(RegistryRules.Check));

    [Fact]
    public void Every_file_that_may_know_is_there() =>
        Assert.All(RegistryRules.MayKnow.Keys, path => Assert.True(Repository.Exists(path), $"{path} is gone: take it off the list."));

    [Theory]
    [InlineData("src/Herald.Grains/A.cs", "#if REGISTRY_FULL", 1)]
    [InlineData("src/Herald.Grains/Herald.Grains.csproj", "<Compile Condition=\"'$(Registry)' == 'Full'\" />", 1)]
    [InlineData("src/Herald.Host/Herald.Host.csproj", "<Compile Condition=\"'$(Registry)' == 'Full'\" />", 0)]
    [InlineData("src/StandIns/Orleans/Orleans.csproj", "<Compile Condition=\"'$(Registry)' == 'Full'\" />", 0)]
    [InlineData("src/Herald.Grains/A.cs", "var registry = 1;", 0)]
    public void Another_file_that_knows_is_found(string path, string line, int findings) =>
        Assert.Equal(findings, RegistryRules.Check(Sample.File(line, path)).Count());
}
