namespace Herald.Tidy.Tests.Code;

public sealed class ShapeRulesTests
{
    [Fact]
    public void Types_lie_where_their_names_say() => Findings.AssertNone(Repository.CSharp.SelectMany(ShapeRules.Check));

    [Theory]
    [InlineData("src/Herald.Domain/A.cs", "public class A; public class B;")]
    [InlineData("src/Herald.Domain/A.cs", "namespace N; public enum A { } public interface B;")]
    [InlineData("src/Herald.Domain/B.cs", "namespace N; public record A;")]
    [InlineData("src/Herald.Api/A.cs", "namespace Herald.Grpc; public class A;")]
    [InlineData("tests/Herald.Api.Tests/A.cs", "namespace Grpc.Tests { }")]
    public void A_type_or_namespace_in_the_wrong_place_is_found(string path, string text) =>
        Assert.Single(ShapeRules.Check(Sample.CSharp(text, path)));

    [Theory]
    [InlineData("src/Herald.Domain/A.cs", "public class A { public class B; } internal class C;")]
    [InlineData("src/Herald.Domain/A.cs", "public class A<T>; public class A;")]
    [InlineData("src/Herald.Domain/AOfT.cs", "public class A<T>;")]
    [InlineData("src/Herald.Domain/Handlers.cs", "public delegate void A(); public delegate void B();")]
    [InlineData("src/Herald.Domain/A.Feature.cs", "namespace N; public partial class A;")]
    [InlineData("src/Herald.Domain/Anything.cs", "internal class A; internal class B;")]
    [InlineData("tests/Herald.Api.Tests/A.cs", "public class B; public class C;")]
    [InlineData("src/StandIns/Orleans/A.cs", "namespace Grpc.Core; public class A;")]
    public void A_type_in_its_place_is_not_found(string path, string text) => Assert.Empty(ShapeRules.Check(Sample.CSharp(text, path)));
}
