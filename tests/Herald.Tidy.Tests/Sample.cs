namespace Herald.Tidy.Tests;

/// <summary>Makes files for tests of the rules themselves.</summary>
internal static class Sample
{
    public static SourceFile File(string text, string path = "src/Herald.Domain/Sample.cs") => new(path, text);

    public static CSharpFile CSharp(string text, string path = "src/Herald.Domain/Sample.cs") => CSharpFile.Parse(File(text, path));

    /// <summary>A file with these statements in a method.</summary>
    public static CSharpFile Method(string statements) => CSharp($"class C {{ async Task M() {{ {statements} }} }}");
}
