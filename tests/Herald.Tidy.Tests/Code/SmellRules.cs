using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Herald.Tidy.Tests.Code;

/// <summary>What is rejected on sight in C#, whatever it is for.</summary>
internal static partial class SmellRules
{
    /// <summary>How often a file may catch every exception and go on, and why. Paths from the root of the repository.</summary>
    internal static readonly IReadOnlyDictionary<string, (int Times, string Reason)> MayCatchAll =
        new Dictionary<string, (int, string)>(StringComparer.Ordinal)
        {
            ["src/StandIns/Orleans/Activations/Activation.cs"] =
                (1, "A grain's own code runs here: what it throws goes to the caller with the call's result, not up the node's stack."),
            ["src/StandIns/Orleans/Activations/Activation.Life.cs"] =
                (3, "A grain's own code runs here: what it throws while it comes or goes is logged, and fails the calls that wait, not the node."),
        };

    /// <summary>Where an <c>HttpClient</c> may be made by hand, and why.</summary>
    internal static readonly IReadOnlyDictionary<string, string> MayMakeHttpClients = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Calls that pass a caught exception on to whoever waits for the result.</summary>
    private static readonly HashSet<string> HandOns = new(["SetException", "TrySetException", "Capture", "Fail"], StringComparer.Ordinal);

    public static IEnumerable<Finding> Check(CSharpFile file) =>
        [
            .. CheckDirectives(file), .. CheckNullability(file), .. CheckCatches(file), .. CheckWaits(file),
            .. CheckFireAndForget(file), .. CheckHttpClients(file), .. CheckUnfinished(file), .. CheckComments(file),
        ];

    private static IEnumerable<Finding> CheckDirectives(CSharpFile file) =>
        file.All<DirectiveTriviaSyntax>()
            .Where(directive => directive.Kind() is SyntaxKind.RegionDirectiveTrivia or SyntaxKind.PragmaWarningDirectiveTrivia)
            .Select(directive => file.At(directive, "Regions hide length, pragmas hide warnings: split the type, cure the cause."))
            .Concat(file.All<NullableDirectiveTriviaSyntax>().Select(directive => file.At(directive, "Nullability is on everywhere.")))
            .Concat(file.All<AttributeSyntax>()
                .Where(attribute => attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal))
                .Select(attribute => file.At(attribute, "A rule is silenced in .editorconfig, with a reason, or not at all.")));

    /// <summary>Whether a test shows that null is refused: <c>Assert.Throws&lt;ArgumentNullException&gt;(() => …)</c>.</summary>
    private static bool IsRefusedArgument(PostfixUnaryExpressionSyntax expression) =>
        expression.Ancestors().OfType<InvocationExpressionSyntax>()
            .Any(call => call.Expression.ToString() is "Assert.Throws<ArgumentNullException>" or "Assert.ThrowsAsync<ArgumentNullException>");

    private static IEnumerable<Finding> CheckNullability(CSharpFile file) =>
        file.All<PostfixUnaryExpressionSyntax>()
            .Where(expression => expression.IsKind(SyntaxKind.SuppressNullableWarningExpression)
                && expression.Operand.IsKind(SyntaxKind.NullLiteralExpression)
                && !IsSetUpByTests(expression)
                && !IsRefusedArgument(expression))
            .Select(expression => file.At(expression, "A null that is declared not to be one: make the type tell the truth."));

    /// <summary>The test framework fills such a class before anything else sees them.</summary>
    private static bool IsSetUpByTests(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax or PropertyDeclarationSyntax
        && node.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } type
        && (type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.Text == "InitializeAsync")
            || type.BaseList?.Types.Any(parent => LastName(parent.Type) == "IAsyncLifetime") == true);

    private static IEnumerable<Finding> CheckCatches(CSharpFile file) =>
        SilentCatches(file)
            .Skip(MayCatchAll.TryGetValue(file.Path, out var allowed) ? allowed.Times : 0)
            .Select(clause => file.At(clause, "It catches everything and goes on: name the exceptions, add a filter, or throw again."));

    /// <summary>The catches that take every exception and let none go on.</summary>
    internal static IEnumerable<CatchClauseSyntax> SilentCatches(CSharpFile file) =>
        file.All<CatchClauseSyntax>().Where(clause => IsCatchAll(clause) && !PassesOn(clause));

    private static bool IsCatchAll(CatchClauseSyntax clause) =>
        clause.Filter is null && (clause.Declaration is null || LastName(clause.Declaration.Type) == nameof(Exception));

    private static bool PassesOn(CatchClauseSyntax clause) =>
        clause.Block.DescendantNodes().Any(node => node switch
        {
            ThrowStatementSyntax or ThrowExpressionSyntax => true,
            ReturnStatementSyntax { Expression: IdentifierNameSyntax name } => name.Identifier.Text == clause.Declaration?.Identifier.Text,
            InvocationExpressionSyntax call => HandOns.Contains(LastName(call.Expression)),
            _ => false,
        });

    private static IEnumerable<Finding> CheckWaits(CSharpFile file) =>
        file.All<InvocationExpressionSyntax>()
            .Where(call => IsMember(call, "Thread", "Sleep") || (IsMember(call, "Task", "Delay") && !TakesTime(call)))
            .Select(call => file.At(call, "It sleeps by the wall clock: wait for an event, or pass a TimeProvider."));

    /// <summary>With a time provider there are a span and the provider, and perhaps a token; the second argument alone tells, by its name.</summary>
    private static bool TakesTime(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count >= 2
        && TimeWord().IsMatch(call.ArgumentList.Arguments[1].Expression.ToString());

    private static IEnumerable<Finding> CheckFireAndForget(CSharpFile file) =>
        file.All<MethodDeclarationSyntax>()
            .Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void")
            .Select(method => file.At(method, "Nobody can await it: return a Task, and let someone own it."));

    private static IEnumerable<Finding> CheckHttpClients(CSharpFile file) =>
        file.Source.IsUnder("src") && !MayMakeHttpClients.ContainsKey(file.Path)
            ? file.All<ObjectCreationExpressionSyntax>()
                .Where(creation => LastName(creation.Type) == "HttpClient")
                .Select(creation => file.At(creation, "Clients come from IHttpClientFactory, which renews their connections."))
            : [];

    /// <summary>The facades are as they are in the library: its base classes throw it where a subclass may leave a member out.</summary>
    private static IEnumerable<Finding> CheckUnfinished(CSharpFile file) =>
        file.Source.IsUnder("src/StandIns/Grpc.Core.Api")
            ? []
            : file.All<ObjectCreationExpressionSyntax>()
                .Where(creation => LastName(creation.Type) == nameof(NotImplementedException))
                .Select(creation => file.At(creation, "A member that is not written yet does not belong here."));

    private static IEnumerable<Finding> CheckComments(CSharpFile file) =>
        file.Syntax.DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && CommentedCode().IsMatch(trivia.ToString()))
            .Select(trivia => file.At(trivia.GetLocation(), "Code that is commented out: the history remembers it."));

    private static bool IsMember(InvocationExpressionSyntax call, string type, string member) =>
        call.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.Text == member && LastName(access.Expression) == type;

    private static string LastName(SyntaxNode node) => node switch
    {
        SimpleNameSyntax simple => simple.Identifier.Text,
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
        _ => string.Empty,
    };

    [GeneratedRegex("time|clock", RegexOptions.IgnoreCase)]
    private static partial Regex TimeWord();

    [GeneratedRegex(@"^//\s*(?:(?:await |return |var )?[\w.<>\[\]?]+(?: \w+)?\s*[(=].*;|(?:if|for|foreach|while|switch|using|catch)\s*\(.*|[{}])\s*$")]
    private static partial Regex CommentedCode();
}
