namespace Herald.Tidy.Tests.Protos;

public sealed class ProtoRulesTests
{
    [Fact]
    public void Every_element_of_every_proto_is_commented()
    {
        var protos = Repository.Files.Where(file => file.Extension == ".proto").ToList();

        Assert.NotEmpty(protos);
        Findings.AssertNone(protos.SelectMany(ProtoRules.Check));
    }

    [Theory]
    [InlineData("service S {")]
    [InlineData("  rpc Get(GetRequest) returns (stream GetResponse);")]
    [InlineData("message M {}")]
    [InlineData("  string name = 1;")]
    [InlineData("  repeated herald.x.v1.Y ys = 12 [deprecated = true];")]
    [InlineData("  optional int64 count = 3;")]
    [InlineData("  map<string, Value> values = 6;")]
    [InlineData("  oneof kind {")]
    [InlineData("enum E {")]
    [InlineData("  E_UNSPECIFIED = 0;")]
    public void An_element_needs_a_comment_that_is_a_sentence(string element)
    {
        Assert.Single(ProtoRules.Check(Proto($"\n{element}\n")));
        Assert.Single(ProtoRules.Check(Proto($"// Not a sentence\n{element}\n")));
        Assert.Empty(ProtoRules.Check(Proto($"// A sentence.\n{element}\n")));
    }

    [Theory]
    [InlineData("syntax = \"proto3\";")]
    [InlineData("package herald.x.v1;")]
    [InlineData("option csharp_namespace = \"A\";")]
    [InlineData("import \"a.proto\";")]
    [InlineData("  reserved 4;")]
    [InlineData("}")]
    public void Other_lines_need_none(string line) => Assert.Empty(ProtoRules.Check(Proto($"\n{line}\n")));

    private static SourceFile Proto(string text) => Sample.File(text, "protos/herald/x/v1/x.proto");
}
