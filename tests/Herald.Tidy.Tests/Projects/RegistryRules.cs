namespace Herald.Tidy.Tests.Projects;

/// <summary>Code is the same on the stand-ins and on the real packages: only these files may know which of the two they are built on.</summary>
internal static class RegistryRules
{
    /// <summary>The files outside the stand-ins that may know, each with its reason.</summary>
    internal static readonly IReadOnlyDictionary<string, string> MayKnow = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Directory.Build.props"] = "declares the switch",
        ["Directory.Build.targets"] = "turns the switch into references",
        ["Directory.Packages.props"] = "holds the versions of both builds",
        ["src/Herald.Host/Herald.Host.csproj"] = "chooses the file that sets up the silo",
    };

    private static readonly string[] Words = ["REGISTRY_FULL", "$(Registry)"];

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        var isCode = file.Extension is ".cs" or ".csproj" or ".props" or ".targets";
        if (!isCode || MayKnow.ContainsKey(file.Path) || file.Path.Contains("/StandIns/", StringComparison.Ordinal) || file.IsUnder("tests/Herald.Tidy.Tests"))
            yield break;

        for (var i = 0; i < file.Lines.Count; i++)
        {
            if (Words.Any(word => file.Lines[i].Contains(word, StringComparison.Ordinal)))
                yield return file.At(i + 1, "It knows whether it is built on stand-ins: only the stand-ins themselves and the set-up of the silo may.");
        }
    }
}
