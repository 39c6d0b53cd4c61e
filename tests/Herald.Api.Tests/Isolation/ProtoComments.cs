using System.Text.RegularExpressions;

namespace Herald.Api.Tests.Isolation;

/// <summary>
/// The comments of the contract's fields and methods, by full name. Descriptors at run time carry none, and the comment is where the
/// contract says which form of name a field takes.
/// </summary>
internal static partial class ProtoComments
{
    private static readonly Dictionary<string, string> All = ReadAll();

    /// <summary>The comment of a field (<c>package.Message.field</c>) or method (<c>package.Service.Method</c>); empty if it has none.</summary>
    public static string Of(string fullName) => All.GetValueOrDefault(fullName, "");

    /// <summary>The form of name that a field takes, such as <c>tenants/{tenant}/contacts/{contact}</c>; null if it takes none.</summary>
    public static string? PatternOf(string fullName) => Pattern().Match(Of(fullName)) is { Success: true } match ? match.Groups[1].Value : null;

    private static Dictionary<string, string> ReadAll()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(FindRoot(), "protos", "herald"), "*.proto", SearchOption.AllDirectories))
            ReadFile(all, File.ReadAllLines(file));
        return all;
    }

    private static void ReadFile(Dictionary<string, string> all, string[] lines)
    {
        var (package, scope, comment) = ("", "", "");
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                comment = $"{comment} {line[2..].Trim()}".Trim();
                continue;
            }
            if (line.StartsWith("package ", StringComparison.Ordinal))
                package = line["package ".Length..].TrimEnd(';');
            else if (Block().Match(line) is { Success: true } block)
                scope = block.Groups[1].Value;
            else if (Element().Match(line) is { Success: true } element)
                all[$"{package}.{scope}.{element.Groups[1].Value}{element.Groups[2].Value}"] = comment;
            comment = "";
        }
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Grpc.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException($"No Grpc.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex(@"`(tenants/\{tenant\}[a-zA-Z_/{}]*)`")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?:message|service) (\w+) \{")]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?:rpc (\w+)\(|(?:repeated |optional )?[\w.<>, ]+ (\w+) = \d+;)")]
    private static partial Regex Element();
}
