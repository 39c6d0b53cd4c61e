using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Herald.Tidy.Tests.Code;

/// <summary>What tests look like.</summary>
internal static partial class TestRules
{
    public static IEnumerable<Finding> Check(CSharpFile file)
    {
        foreach (var attribute in file.All<AttributeSyntax>().Where(attribute => attribute.Name.ToString() is "Fact" or "Theory"))
        {
            if (attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.Text == "Skip") == true)
                yield return file.At(attribute, "Tests are not skipped: make it pass, or delete it.");

            var method = attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>();
            if (method is not null && !Sentence().IsMatch(method.Identifier.Text))
                yield return file.At(method, $"{method.Identifier.Text} is not a sentence: Words_with_underscores_that_say_what_holds.");
        }
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+$")]
    private static partial Regex Sentence();
}
