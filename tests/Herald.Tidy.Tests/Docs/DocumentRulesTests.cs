using System.Text.Json;

namespace Herald.Tidy.Tests.Docs;

public sealed class DocumentRulesTests
{
    private static readonly string[] RootDocuments = ["README.md"];

    private static IEnumerable<SourceFile> Documents => Repository.Files.Where(file => file.Extension == ".md");

    [Fact]
    public void Links_lead_somewhere() => Findings.AssertNone(Documents.SelectMany(file => DocumentRules.CheckLinks(file, Repository.Exists)));

    [Fact]
    public void Commands_name_what_is_there() =>
        Findings.AssertNone(Documents.SelectMany(file => DocumentRules.CheckCommands(file, Repository.Exists)));

    [Fact]
    public void The_readme_starts_and_tests_herald()
    {
        var commands = DocumentRules.Commands(Repository.Get("README.md")).Select(found => found.Command).ToList();

        Assert.Contains(commands, command => command.Contains("dotnet run --project src/Herald.Host -- demo", StringComparison.Ordinal));
        Assert.Contains(commands, command => command.Contains("dotnet test Grpc.sln", StringComparison.Ordinal));
    }

    [Fact]
    public void Documents_name_the_sdk_of_global_json()
    {
        using var global = JsonDocument.Parse(Repository.Get("global.json").Text);
        var sdk = global.RootElement.GetProperty("sdk").GetProperty("version").GetString()!;

        Assert.Contains($".NET {sdk.Split('.')[0]}", Repository.Get("README.md").Text, StringComparison.Ordinal);
        Findings.AssertNone(Documents.SelectMany(file => DocumentRules.CheckSdk(file, sdk)));
    }

    [Fact]
    public void The_root_holds_no_other_documents() =>
        Assert.Equal(RootDocuments, Documents.Select(file => file.Path).Where(path => !path.Contains('/', StringComparison.Ordinal)));

    [Theory]
    [InlineData("see [this](there.md)", 0)]
    [InlineData("see [this](../protos/README.md#lint)", 0)]
    [InlineData("see [this](https://example.com/x) and [that](#part)", 0)]
    [InlineData("see [this](elsewhere.md)", 1)]
    public void A_link_to_nowhere_is_found(string text, int findings)
    {
        string[] files = ["docs/there.md", "docs/../protos/README.md"];

        Assert.Equal(findings, DocumentRules.CheckLinks(Sample.File(text, "docs/a.md"), files.Contains).Count());
    }

    [Theory]
    [InlineData("    dotnet run --project src/Herald.Host -- demo", 0)]
    [InlineData("```\nHERALD_UPDATE_GOLDEN=1 dotnet test tests/Herald.Contracts.Tests\n```", 1)]
    [InlineData("```sh\n$ ./tests/Herald.Interop/run\n```", 1)]
    [InlineData("    dotnet test Grpc.sln", 1)]
    [InlineData("    npx --yes @bufbuild/buf@1.75.0 lint protos", 1)]
    [InlineData("Run dotnet test tests/Herald.Gone in a sentence", 0)]
    [InlineData("```\nsrc/Herald.Gone/   a folder of a tree\n```", 1)]
    [InlineData("    something src/Herald.Gone", 0)]
    public void A_command_that_names_what_is_gone_is_found(string text, int findings) =>
        Assert.Equal(findings, DocumentRules.CheckCommands(Sample.File(text, "README.md"), path => path == "src/Herald.Host").Count());

    [Theory]
    [InlineData("needs the .NET 10 SDK", 0)]
    [InlineData("needs .NET SDK 10.0.100", 0)]
    [InlineData("needs .NET 10.0", 0)]
    [InlineData("needs the .NET 9 SDK", 1)]
    [InlineData("needs SDK 10.0.200", 1)]
    public void Another_sdk_is_found(string text, int findings) =>
        Assert.Equal(findings, DocumentRules.CheckSdk(Sample.File(text, "README.md"), "10.0.100").Count());
}
