using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Herald.Tidy.Tests;

/// <summary>A C# file and its syntax.</summary>
internal sealed record CSharpFile(SourceFile Source, CompilationUnitSyntax Syntax)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>All nodes, directives included; every rule asks for them.</summary>
    private readonly Lazy<List<SyntaxNode>> _nodes = new(() => [.. Syntax.DescendantNodes(descendIntoTrivia: true)]);

    public string Path => Source.Path;

    public static CSharpFile Parse(SourceFile source) =>
        new(source, (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source.Text, Options, source.Path).GetRoot());

    public IEnumerable<T> All<T>()
        where T : SyntaxNode => _nodes.Value.OfType<T>();

    public Finding At(SyntaxNode node, string text) => At(node.GetLocation(), text);

    public Finding At(Location location, string text) => Source.At(location.GetLineSpan().StartLinePosition.Line + 1, text);
}
