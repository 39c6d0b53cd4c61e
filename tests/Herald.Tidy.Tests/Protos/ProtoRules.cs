using System.Text.RegularExpressions;

namespace Herald.Tidy.Tests.Protos;

/// <summary>Every element of a proto is commented. Reads the layout that <c>buf format</c> makes: one element a line.</summary>
internal static partial class ProtoRules
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            if (!Element().IsMatch(file.Lines[i]) || (i > 0 && IsContinued(file.Lines[i - 1])))
                continue;

            var above = i > 0 ? file.Lines[i - 1].Trim() : string.Empty;
            if (!above.StartsWith("//", StringComparison.Ordinal))
                yield return file.At(i + 1, $"No comment stands above: {file.Lines[i].Trim()}");
            else if (!above.EndsWith('.'))
                yield return file.At(i, "The comment does not end as a sentence.");
        }
    }

    /// <summary>Whether a line goes on in the next one, as the options of a long field do.</summary>
    private static bool IsContinued(string line) => line.TrimEnd().EndsWith('=') || line.TrimEnd().EndsWith(',') || line.TrimEnd().EndsWith('[');

    [GeneratedRegex(@"^\s*(?:(?:service|message|enum|oneof|rpc)\s+\w+|(?:(?:repeated|optional)\s+)?(?:map<[^>]+>|[\w.]+)\s+\w+\s*=\s*\d+\s*[;\[]|[A-Z][A-Z0-9_]*\s*=\s*\d+\s*[;\[])")]
    private static partial Regex Element();
}
