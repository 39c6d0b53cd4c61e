using System.Text.RegularExpressions;

namespace Herald.Tidy.Tests.Docs;

/// <summary>What documents say exists, exists.</summary>
internal static partial class DocumentRules
{
    /// <summary>Checks the links of a Markdown file to other files.</summary>
    public static IEnumerable<Finding> CheckLinks(SourceFile file, Func<string, bool> exists)
    {
        var folder = Path.GetDirectoryName(file.Path) ?? string.Empty;
        for (var i = 0; i < file.Lines.Count; i++)
        {
            foreach (var target in Link().Matches(file.Lines[i]).Select(match => match.Groups[1].Value.Split('#')[0]))
            {
                if (target.Length > 0 && !target.Contains(':', StringComparison.Ordinal) && !exists(Path.Combine(folder, target)))
                    yield return file.At(i + 1, $"{target} is not there.");
            }
        }
    }

    /// <summary>Checks the paths in the commands of a Markdown file: those in code blocks that begin with a known program.</summary>
    public static IEnumerable<Finding> CheckCommands(SourceFile file, Func<string, bool> exists)
    {
        foreach (var (line, command) in Commands(file))
        {
            foreach (var path in command.Split(' ').Select(word => word.Trim('"', '\'')).Where(word => OwnPath().IsMatch(word)))
            {
                if (!exists(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path))
                    yield return file.At(line, $"The command names {path}, which is not there.");
            }
        }
    }

    /// <summary>The commands of a Markdown file, each with its line.</summary>
    public static IEnumerable<(int Line, string Command)> Commands(SourceFile file)
    {
        var isFenced = false;
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                isFenced = !isFenced;
            else if ((isFenced || line.StartsWith("    ", StringComparison.Ordinal)) && Command().IsMatch(line.Trim()))
                yield return (i + 1, line.Trim());
        }
    }

    /// <summary>Checks that a text names the SDK that global.json asks for.</summary>
    public static IEnumerable<Finding> CheckSdk(SourceFile file, string sdk)
    {
        var major = sdk.Split('.')[0];
        for (var i = 0; i < file.Lines.Count; i++)
        {
            foreach (var named in Sdk().Matches(file.Lines[i]).Select(match => match.Groups[1].Value))
            {
                if (named != sdk && named != major && named != $"{major}.0")
                    yield return file.At(i + 1, $"It names the SDK {named}, global.json {sdk}.");
            }
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:dotnet|npx|npm|python3|node|sh|bash|sudo|grpcurl|buf|\.?\.?/?[\w.-]+/\S*)(?: |$)")]
    private static partial Regex Command();

    [GeneratedRegex(@"^(?:\./)?(?:(?:src|tests|clients|protos|\.ci)(?:/[\w.-]+)*/?|Grpc\.sln)$")]
    private static partial Regex OwnPath();

    [GeneratedRegex(@"(?:\.NET |SDK )(\d+(?:\.\d+){0,2})\b")]
    private static partial Regex Sdk();
}
