namespace Herald.Tidy.Tests.Projects;

public sealed class ProjectRulesTests
{
    [Fact]
    public void Projects_are_plain() => Findings.AssertNone(Repository.Projects.Select(ProjectFile.Parse).SelectMany(ProjectRules.Check));

    [Fact]
    public void Nothing_is_silenced_for_all_projects() =>
        Findings.AssertNone(Repository.Files.Where(file => file.Extension is ".props" or ".targets").SelectMany(ProjectRules.CheckSilenced));

    [Fact]
    public void Every_exception_to_a_rule_has_a_reason() => Assert.All(ProjectRules.MaySilence.Values, reason => Assert.True(reason.Length > 20));

    [Fact]
    public void The_solution_holds_every_project() =>
        Findings.AssertNone(ProjectRules.CheckSolution(Repository.Get("Grpc.sln"), Repository.Projects));

    [Fact]
    public void Versions_are_pinned_in_one_place() =>
        Findings.AssertNone(ProjectRules.CheckVersions(ProjectFile.Parse(Repository.Get("Directory.Packages.props"))));

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var missing = Repository.Projects
            .Where(project => !Repository.Exists(Path.Combine(Path.GetDirectoryName(project.Path)!, "packages.lock.json")))
            .Select(project => project.At(1, "It has no packages.lock.json: restore makes it."));

        Findings.AssertNone(missing);
    }

    [Fact]
    public void Every_project_of_src_has_its_tests()
    {
        var names = Repository.Projects.Select(project => Path.GetFileNameWithoutExtension(project.Name)).ToHashSet(StringComparer.Ordinal);
        var untested = Repository.Projects
            .Where(project => project.IsUnder("src") && !project.IsUnder("src/StandIns"))
            .Where(project => !names.Contains($"{Path.GetFileNameWithoutExtension(project.Name)}.Tests")
                && !names.Contains($"{Path.GetFileNameWithoutExtension(project.Name)}.Conformance"))
            .Select(project => project.At(1, "It has no project of tests."));

        Findings.AssertNone(untested);
    }

    [Theory]
    [InlineData("src/Herald.Grpc/Herald.Grpc.csproj", "")]
    [InlineData("src/Herald.Api/Herald.Api.csproj", "<PropertyGroup><RootNamespace>A</RootNamespace></PropertyGroup>")]
    [InlineData("src/Herald.Api/Herald.Api.csproj", "<ItemGroup><PackageReference Include=\"A\" Version=\"1.0.0\" /></ItemGroup>")]
    [InlineData("src/Herald.Api/Herald.Api.csproj", "<PropertyGroup><NoWarn>$(NoWarn);CS1591</NoWarn></PropertyGroup>")]
    [InlineData("src/Herald.Api/Herald.Api.csproj", "<PropertyGroup><NoWarn>1591</NoWarn></PropertyGroup>")]
    [InlineData("src/Herald.Api/Herald.Api.csproj", "<ItemGroup><PackageReference Include=\"A\" NoWarn=\"NU1603\" /></ItemGroup>")]
    public void A_project_that_goes_its_own_way_is_found(string path, string content) =>
        Assert.Single(ProjectRules.Check(ProjectFile.Parse(Sample.File($"<Project>{content}</Project>", path))));

    [Fact]
    public void A_project_outside_the_solution_is_found()
    {
        var solution = Sample.File("Project(\"{1}\") = \"A\", \"src\\A\\A.csproj\", \"{2}\"", "Grpc.sln");

        Assert.Empty(ProjectRules.CheckSolution(solution, [Sample.File(string.Empty, "src/A/A.csproj")]));
        Assert.Single(ProjectRules.CheckSolution(solution, []));
        Assert.Equal(2, ProjectRules.CheckSolution(solution, [Sample.File(string.Empty, "src/B/B.csproj")]).Count());
    }

    [Theory]
    [InlineData("A 1.0.0;B 2.0.0", 0)]
    [InlineData("a.b 1.0.0;A.C 2.0.0-rc.1", 0)]
    [InlineData("A $(Version)", 0)]
    [InlineData("B 1.0.0;A 2.0.0", 1)]
    [InlineData("A 1.0.0;A 2.0.0", 1)]
    [InlineData("A 1.*", 1)]
    [InlineData("A [1.0.0,2.0.0)", 1)]
    public void A_version_that_is_not_pinned_in_order_is_found(string versions, int findings)
    {
        var items = versions.Split(';').Select(pair => pair.Split(' ')).Select(pair => $"<PackageVersion Include=\"{pair[0]}\" Version=\"{pair[1]}\" />");
        var packages = Sample.File($"<Project><ItemGroup>{string.Concat(items)}</ItemGroup></Project>", "Directory.Packages.props");

        Assert.Equal(findings, ProjectRules.CheckVersions(ProjectFile.Parse(packages)).Count());
    }
}
