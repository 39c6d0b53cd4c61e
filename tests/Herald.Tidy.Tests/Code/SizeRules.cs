using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Herald.Tidy.Tests.Code;

/// <summary>No file and no method grows past what one can read at once.</summary>
internal static class SizeRules
{
    public const int FileLinesMax = 500;
    public const int ProtoLinesMax = 400;
    public const int MethodLinesMax = 70;

    private static readonly HashSet<string> CodeExtensions = new([".cs", ".proto", ".ts", ".js", ".mjs", ".py", ".sh", ".sql"], StringComparer.Ordinal);

    public static IEnumerable<Finding> CheckFile(SourceFile file)
    {
        var max = file.Extension == ".proto" ? ProtoLinesMax : FileLinesMax;
        if (CodeExtensions.Contains(file.Extension) && file.Lines.Count > max)
            yield return file.At(max, $"The file has {file.Lines.Count} lines, {max} are allowed: split it by feature.");
    }

    public static IEnumerable<Finding> CheckMethods(CSharpFile file) =>
        Bodies(file)
            .Select(body => (body.Name, body.Start, Lines: body.End.EndLinePosition.Line - body.Start.StartLinePosition.Line + 1))
            .Where(body => body.Lines > MethodLinesMax)
            .Select(body => file.Source.At(
                body.Start.StartLinePosition.Line + 1,
                $"{body.Name} has {body.Lines} lines, {MethodLinesMax} are allowed: keep the branches, move out straight parts."));

    private static IEnumerable<(string Name, FileLinePositionSpan Start, FileLinePositionSpan End)> Bodies(CSharpFile file)
    {
        foreach (var node in file.All<SyntaxNode>())
        {
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.Text,
                ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
                BaseMethodDeclarationSyntax => "The operator or finalizer",
                LocalFunctionStatementSyntax function => function.Identifier.Text,
                AccessorDeclarationSyntax accessor => $"The accessor {accessor.Keyword.Text}",
                PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.Text,
                _ => null,
            };
            if (name is not null)
                yield return (name, node.GetLocation().GetLineSpan(), node.GetLocation().GetLineSpan());
        }

        var statements = file.Syntax.Members.OfType<GlobalStatementSyntax>().Where(member => member.Statement is not LocalFunctionStatementSyntax).ToList();
        if (statements.Count > 0)
            yield return ("The main program", statements[0].GetLocation().GetLineSpan(), statements[^1].GetLocation().GetLineSpan());
    }
}
