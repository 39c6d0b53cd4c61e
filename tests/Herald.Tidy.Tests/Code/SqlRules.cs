using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Herald.Tidy.Tests.Code;

/// <summary>SQL is made of constants and parameters, never of values.</summary>
internal static partial class SqlRules
{
    /// <summary>Where statements may be put together, and why.</summary>
    internal static readonly IReadOnlyDictionary<string, string> MayCompose = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tests/Herald.Storage.Conformance/Tenants/IsolationTests.cs"] = "It reads each table that the database itself names.",
        ["tests/Herald.Storage.Conformance/Messages/SettleTests.cs"] = "It puts the number of an enumeration's value into one statement.",
        ["src/StandIns/Orleans/Storage/AdoNet/GrainDocumentSql.cs"] = "It wraps its own constant statements once, when the type is loaded.",
    };

    /// <summary>The names of all string constants of a set of files, as <c>Type.Name</c>.</summary>
    public static IReadOnlySet<string> Constants(IEnumerable<CSharpFile> files) =>
        files.SelectMany(file => file.All<FieldDeclarationSyntax>())
            .Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .SelectMany(field => field.Declaration.Variables.Select(variable => $"{TypeOf(field)}.{variable.Identifier.Text}"))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Checks a file, given the constants that it may put into SQL.</summary>
    public static IEnumerable<Finding> Check(CSharpFile file, IReadOnlySet<string> constants) =>
        file.All<ExpressionSyntax>()
            .Where(expression => !MayCompose.ContainsKey(file.Path) && IsSql(expression) && !IsConstant(expression) && !Parts(expression).All(part => IsKnown(part, constants)))
            .Select(expression => file.At(expression, "SQL is a constant with parameters; what is put in here is not known to be a constant."));

    /// <summary>Whether it is a whole text, put together, that has words of SQL.</summary>
    private static bool IsSql(ExpressionSyntax expression) => expression switch
    {
        InterpolatedStringExpressionSyntax text => text.Parent is not BinaryExpressionSyntax && SqlWord().IsMatch(text.Contents.ToString()),
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression)
            && sum.Parent is not BinaryExpressionSyntax
            && Operands(sum).Any(operand => operand is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax && SqlWord().IsMatch(operand.ToString())),
        _ => false,
    };

    /// <summary>What is put into the text.</summary>
    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax expression) =>
        Operands(expression).SelectMany(operand => operand switch
        {
            InterpolatedStringExpressionSyntax text => text.Contents.OfType<InterpolationSyntax>().Select(hole => hole.Expression),
            LiteralExpressionSyntax => [],
            _ => (IEnumerable<ExpressionSyntax>)[operand],
        });

    private static IEnumerable<ExpressionSyntax> Operands(ExpressionSyntax expression) =>
        expression is BinaryExpressionSyntax sum ? Operands(sum.Left).Concat(Operands(sum.Right)) : [expression];

    private static bool IsKnown(ExpressionSyntax part, IReadOnlySet<string> constants) => part switch
    {
        IdentifierNameSyntax name => constants.Contains($"{TypeOf(part)}.{name.Identifier.Text}") || IsLocalConstant(name),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } access => constants.Contains($"{type.Identifier.Text}.{access.Name.Identifier.Text}"),
        _ => false,
    };

    private static bool IsLocalConstant(IdentifierNameSyntax name) =>
        name.Ancestors().OfType<BaseMethodDeclarationSyntax>().SelectMany(method => method.DescendantNodes().OfType<LocalDeclarationStatementSyntax>())
            .Any(local => local.IsConst && local.Declaration.Variables.Any(variable => variable.Identifier.Text == name.Identifier.Text));

    /// <summary>The compiler accepts only constants in the value of a constant.</summary>
    private static bool IsConstant(SyntaxNode node) =>
        node.Ancestors().Any(ancestor => ancestor switch
        {
            FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
            LocalDeclarationStatementSyntax local => local.IsConst,
            _ => false,
        });

    private static string TypeOf(SyntaxNode node) => node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? string.Empty;

    [GeneratedRegex(@"\b(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|COPY\s+\w|WHERE\s|VALUES\s*\()")]
    private static partial Regex SqlWord();
}
