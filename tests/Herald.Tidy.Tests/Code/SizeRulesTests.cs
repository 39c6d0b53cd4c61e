namespace Herald.Tidy.Tests.Code;

public sealed class SizeRulesTests
{
    [Fact]
    public void No_file_is_too_long() => Findings.AssertNone(Repository.Files.SelectMany(SizeRules.CheckFile));

    [Fact]
    public void No_method_is_too_long() => Findings.AssertNone(Repository.CSharp.SelectMany(SizeRules.CheckMethods));

    [Theory]
    [InlineData("src/A.cs", 500, 0)]
    [InlineData("src/A.cs", 501, 1)]
    [InlineData("protos/a.proto", 400, 0)]
    [InlineData("protos/a.proto", 401, 1)]
    [InlineData("src/packages.lock.json", 900, 0)]
    public void A_file_is_measured_by_its_kind(string path, int lines, int findings) =>
        Assert.Equal(findings, SizeRules.CheckFile(Sample.File(string.Concat(Enumerable.Repeat("x\n", lines)), path)).Count());

    [Theory]
    [InlineData("class C { void M() {", 0)]
    [InlineData("class C { C() {", 0)]
    [InlineData("class C { int P { get {", 0)]
    [InlineData("class C { void M() {", 1)]
    [InlineData("class C { C() {", 1)]
    [InlineData("class C { int P { get {", 1)]
    [InlineData("class C { public static C operator +(C a, C b) {", 1)]
    [InlineData("void F() {", 1)]
    [InlineData("", 1)]
    public void A_method_is_measured_from_its_head_to_its_end(string head, int findings)
    {
        var lines = SizeRules.MethodLinesMax + findings;
        var open = head.Count(letter => letter == '{');

        // The head shares its line with the first statement; the last statement shares its own with the closing braces.
        var file = Sample.CSharp($"{head} {string.Join('\n', Enumerable.Repeat("x();", lines))} {new string('}', open)}");

        Assert.Equal(findings, SizeRules.CheckMethods(file).Count());
    }
}
