using System.Text.RegularExpressions;

namespace Herald.Tidy.Tests.Code;

/// <summary>Words that do not belong in any file that people write.</summary>
internal static partial class WordRules
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        // The rules' own samples would be found.
        if (file.IsUnder("tests/Herald.Tidy.Tests"))
            yield break;

        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (Unfinished().IsMatch(line))
                yield return file.At(i + 1, "A mark of unfinished work: finish it, or open an issue and leave no mark.");
            if (Tracker().IsMatch(line))
                yield return file.At(i + 1, "It speaks of the tracker: say what holds and why, so that it is understood without.");
            if (MachinePath().IsMatch(line))
                yield return file.At(i + 1, "A path of one machine: make it relative, or configurable.");
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\b(issues?|tickets?) #\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Tracker();

    [GeneratedRegex(@"(?<=^|[\s""'`(=])/(work|home|Users)/\w")]
    private static partial Regex MachinePath();
}
