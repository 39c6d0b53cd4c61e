namespace Herald.Tidy.Tests.Projects;

/// <summary>References point down only.</summary>
internal static class LayerRules
{
    /// <summary>Each project of <c>src</c> with the projects that it may see.</summary>
    private static readonly Dictionary<string, string[]> MaySee = new(StringComparer.Ordinal)
    {
        ["Herald.Domain"] = [],
        ["Herald.Contracts"] = [],
        ["Herald.Simulator"] = [],
        ["Herald.Storage"] = ["Herald.Domain"],
        ["Herald.WhatsApp"] = ["Herald.Domain"],
        ["Herald.Grains"] = ["Herald.Storage", "Herald.WhatsApp", "Herald.Domain"],
        ["Herald.Api"] = ["Herald.Contracts", "Herald.Grains", "Herald.Storage", "Herald.WhatsApp", "Herald.Domain"],
        ["Herald.Delivery"] = ["Herald.Grains", "Herald.Storage", "Herald.WhatsApp", "Herald.Domain"],
        ["Herald.Webhooks"] = ["Herald.Grains", "Herald.Storage", "Herald.WhatsApp", "Herald.Domain"],
        ["Herald.Host"] =
        [
            "Herald.Api", "Herald.Delivery", "Herald.Webhooks", "Herald.Simulator", "Herald.Contracts", "Herald.Grains", "Herald.Storage",
            "Herald.WhatsApp", "Herald.Domain",
        ],
    };

    private static readonly string[] ClientsMaySee = ["Herald.Contracts", "Herald.Client"];

    /// <summary>Checks what a project refers to by path.</summary>
    public static IEnumerable<Finding> Check(ProjectFile project)
    {
        if (project.Source.IsUnder("src/StandIns"))
            return Forbid(project, reference => !reference.StartsWith("Herald.", StringComparison.Ordinal), "A stand-in sees nothing of Herald");
        if (project.Source.IsUnder("tests/StandIns"))
            return Forbid(project, reference => reference == "Herald.Testing", "A test of a stand-in asks for it as an UpstreamPackage");
        if (project.Source.IsUnder("clients"))
            return Forbid(project, ClientsMaySee.Contains, $"A client sees only {string.Join(" and ", ClientsMaySee)}");
        if (project.Source.IsUnder("tests"))
            return Forbid(project, reference => reference.StartsWith("Herald.", StringComparison.Ordinal), "A library is asked for as an UpstreamPackage");
        if (!project.Source.IsUnder("src"))
            return [project.At("Projects lie in src, clients and tests.")];
        return MaySee.TryGetValue(project.Name, out var below)
            ? Forbid(project, below.Contains, $"{project.Name} sees only {(below.Length == 0 ? "libraries" : string.Join(", ", below))}")
            : [project.At($"{project.Name} has no place in the layers yet: give it one in {nameof(LayerRules)}.")];
    }

    private static IEnumerable<Finding> Forbid(ProjectFile project, Func<string, bool> isAllowed, string rule) =>
        project.References.Where(reference => !isAllowed(reference)).Select(reference => project.At($"{rule}, and this refers to {reference}."));
}
