using System.Text.RegularExpressions;

namespace Herald.Tidy.Tests.Projects;

/// <summary>What every project is made of: central versions, locked restore, no silenced warning, a place in the solution.</summary>
internal static partial class ProjectRules
{
    /// <summary>Warnings that a project file may silence, as "path code", each with its reason.</summary>
    internal static readonly IReadOnlyDictionary<string, string> MaySilence = new Dictionary<string, string>(StringComparer.Ordinal);

    public static IEnumerable<Finding> Check(ProjectFile project)
    {
        var isStandIn = project.Source.IsUnder("src/StandIns") || project.Source.IsUnder("tests/StandIns");
        if (!isStandIn && project.Name.Split('.').Contains("Grpc"))
            yield return project.At("A segment called Grpc hides the library's root namespace: choose another word.");
        if (!isStandIn && project.Root.Descendants("RootNamespace").Any())
            yield return project.At("The root namespace is the project's name.");

        foreach (var reference in project.Root.Descendants("PackageReference"))
        {
            if (reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null)
                yield return project.At($"{(string?)reference.Attribute("Include")} has a version: versions stand in Directory.Packages.props.");
        }

        foreach (var finding in CheckSilenced(project.Source))
            yield return finding;
    }

    /// <summary>Checks any file of MSBuild's.</summary>
    public static IEnumerable<Finding> CheckSilenced(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var silenced = NoWarn().Match(file.Lines[i]);
            if (!silenced.Success)
                continue;
            foreach (var code in WarningCode().Matches(silenced.Value).Select(match => match.Value))
            {
                if (!MaySilence.ContainsKey($"{file.Path} {code}"))
                    yield return file.At(i + 1, $"{code} is silenced: cure the cause, or silence it in .editorconfig with the reason.");
            }
        }
    }

    public static IEnumerable<Finding> CheckSolution(SourceFile solution, IEnumerable<SourceFile> projects)
    {
        var inSolution = ProjectPath().Matches(solution.Text).Select(match => match.Groups[1].Value.Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
        var onDisk = projects.Select(project => project.Path).ToHashSet(StringComparer.Ordinal);
        return onDisk.Except(inSolution).Select(path => new Finding(path, 1, "The solution does not hold the project."))
            .Concat(inSolution.Except(onDisk).Select(path => solution.At(1, $"{path} is not there.")));
    }

    /// <summary>Versions are central, pinned, in order, each named once.</summary>
    public static IEnumerable<Finding> CheckVersions(ProjectFile packages)
    {
        foreach (var group in packages.Root.Elements("ItemGroup"))
        {
            var names = group.Elements("PackageVersion").Select(version => (string)version.Attribute("Include")!).ToList();
            var sorted = names.Order(StringComparer.OrdinalIgnoreCase).ToList();
            if (!names.SequenceEqual(sorted))
                yield return packages.At($"Packages are not in order, at {names.Zip(sorted).First(pair => pair.First != pair.Second).First}.");
        }

        var all = packages.Root.Descendants("PackageVersion").ToList();
        foreach (var name in all.GroupBy(version => (string)version.Attribute("Include")!).Where(group => group.Count() > 1))
            yield return packages.At($"{name.Key} has two versions.");
        foreach (var version in all.Where(version => !Pinned().IsMatch((string)version.Attribute("Version")!)))
            yield return packages.At($"{(string)version.Attribute("Include")!} is not pinned.");
    }

    [GeneratedRegex("<NoWarn>.*?</NoWarn>|NoWarn=\"[^\"]*\"|<WarningsNotAsErrors>.*?</WarningsNotAsErrors>")]
    private static partial Regex NoWarn();

    [GeneratedRegex(@"\b[A-Z]{2,}\d{3,}\b|(?<=[>;""])\d{3,4}\b")]
    private static partial Regex WarningCode();

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex ProjectPath();

    [GeneratedRegex(@"^(\d+\.\d+\.\d+(-[\w.]+)?|\$\(\w+\))$")]
    private static partial Regex Pinned();
}
