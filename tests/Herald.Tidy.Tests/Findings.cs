namespace Herald.Tidy.Tests;

internal static class Findings
{
    /// <summary>Fails with all findings, one a line.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var all = findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} findings:\n{string.Join('\n', all)}");
    }
}
