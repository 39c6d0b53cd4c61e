namespace Herald.Tidy.Tests.Projects;

public sealed class LayerRulesTests
{
    [Fact]
    public void References_point_down() => Findings.AssertNone(Repository.Projects.Select(ProjectFile.Parse).SelectMany(LayerRules.Check));

    [Theory]
    [InlineData("src/Herald.Domain/Herald.Domain.csproj", "../Herald.Storage/Herald.Storage.csproj")]
    [InlineData("src/Herald.Storage/Herald.Storage.csproj", "../Herald.WhatsApp/Herald.WhatsApp.csproj")]
    [InlineData("src/Herald.Delivery/Herald.Delivery.csproj", "../Herald.Api/Herald.Api.csproj")]
    [InlineData("src/Herald.Simulator/Herald.Simulator.csproj", "..\\Herald.WhatsApp\\Herald.WhatsApp.csproj")]
    [InlineData("src/Herald.Grains/Herald.Grains.csproj", "../StandIns/Orleans/Orleans.csproj")]
    [InlineData("src/Herald.Host/Herald.Host.csproj", "../../tests/Herald.Testing/Herald.Testing.csproj")]
    [InlineData("src/StandIns/Orleans/Orleans.csproj", "../../Herald.Domain/Herald.Domain.csproj")]
    [InlineData("tests/StandIns/Orleans.Tests/Orleans.Tests.csproj", "../../../src/StandIns/Orleans/Orleans.csproj")]
    [InlineData("tests/Herald.Api.Tests/Herald.Api.Tests.csproj", "../../src/StandIns/Grpc.AspNetCore/Grpc.AspNetCore.csproj")]
    [InlineData("clients/cli/Herald.Cli/Herald.Cli.csproj", "../../../src/Herald.Domain/Herald.Domain.csproj")]
    public void A_reference_that_points_elsewhere_is_found(string path, string reference) =>
        Assert.Single(LayerRules.Check(Project(path, reference)));

    [Theory]
    [InlineData("src/Herald.Host/Herald.Host.csproj", "../Herald.Api/Herald.Api.csproj")]
    [InlineData("src/Herald.Api/Herald.Api.csproj", "../Herald.Domain/Herald.Domain.csproj")]
    [InlineData("tests/Herald.Api.Tests/Herald.Api.Tests.csproj", "../Herald.Testing/Herald.Testing.csproj")]
    [InlineData("tests/StandIns/Orleans.Tests/Orleans.Tests.csproj", "../../Herald.Testing/Herald.Testing.csproj")]
    [InlineData("clients/cli/Herald.Cli/Herald.Cli.csproj", "../../dotnet/Herald.Client/Herald.Client.csproj")]
    [InlineData("src/StandIns/Grpc.Net.Client/Grpc.Net.Client.csproj", "../Grpc.Core.Api/Grpc.Core.Api.csproj")]
    public void A_reference_that_points_down_is_not_found(string path, string reference) =>
        Assert.Empty(LayerRules.Check(Project(path, reference)));

    [Theory]
    [InlineData("src/Herald.Unheard/Herald.Unheard.csproj")]
    [InlineData("tools/Herald.Tool/Herald.Tool.csproj")]
    public void A_project_without_a_place_is_found(string path) =>
        Assert.Single(LayerRules.Check(ProjectFile.Parse(Sample.File("<Project />", path))));

    private static ProjectFile Project(string path, string reference) =>
        ProjectFile.Parse(Sample.File($"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>", path));
}
