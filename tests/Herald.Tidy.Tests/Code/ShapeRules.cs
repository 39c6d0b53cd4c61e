using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Herald.Tidy.Tests.Code;

/// <summary>How types lie in files and namespaces.</summary>
internal static class ShapeRules
{
    public static IEnumerable<Finding> Check(CSharpFile file) => [.. CheckPublicTypes(file), .. CheckNamespaces(file)];

    /// <summary>Delegates are one line each and may stand together.</summary>
    private static IEnumerable<Finding> CheckPublicTypes(CSharpFile file)
    {
        if (!file.Source.IsUnder("src") && !file.Source.IsUnder("clients"))
            yield break;

        var types = file.All<BaseTypeDeclarationSyntax>()
            .Where(member => member.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
                && member.Modifiers.Any(SyntaxKind.PublicKeyword))
            .DistinctBy(type => type.Identifier.Text)
            .ToList();
        foreach (var type in types.Skip(1))
            yield return file.At(type, $"{type.Identifier.Text} is the second public type of the file: give it one of its own.");

        var fileName = file.Source.Name.Split('.')[0];
        var name = types.Count == 1 ? types[0].Identifier.Text : fileName;
        if (name != fileName && !fileName.StartsWith(name + "Of", StringComparison.Ordinal))
            yield return file.At(types[0], $"{name} belongs in {name}.cs, parts of it in {name}.<Feature>.cs, a generic one may in {name}Of<What>.cs.");
    }

    private static IEnumerable<Finding> CheckNamespaces(CSharpFile file) =>
        file.Source.IsUnder("src/StandIns") || file.Source.IsUnder("tests/StandIns")
            ? []
            : file.All<BaseNamespaceDeclarationSyntax>()
                .Where(space => space.Name.ToString().Split('.').Contains("Grpc"))
                .Select(space => file.At(space, "A segment called Grpc hides the library's root namespace: choose another word."));
}
