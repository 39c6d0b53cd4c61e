using System.Text.RegularExpressions;

namespace Herald.Tidy.Tests.Projects;

/// <summary>A rule is silenced with a line that says why.</summary>
internal static partial class EditorConfigRules
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            if (Silenced().IsMatch(file.Lines[i]) && (i == 0 || !IsReason(file.Lines[i - 1])))
                yield return file.At(i + 1, "The line above must say why the rule is silenced.");
        }
    }

    private static bool IsReason(string line) => line.StartsWith("# ", StringComparison.Ordinal) && line.Length > 20;

    [GeneratedRegex(@"^dotnet_diagnostic\.\w+\.severity\s*=\s*(none|silent|suggestion)\s*$")]
    private static partial Regex Silenced();
}
