using System.Globalization;

namespace Herald.Chaos.Verdicts;

/// <summary>The outcome of a run.</summary>
/// <param name="Figures">What happened, for people.</param>
/// <param name="Checks">What must hold.</param>
internal sealed record Verdict(IReadOnlyList<(string What, string Value)> Figures, IReadOnlyList<Check> Checks)
{
    private const int Width = 64;

    public bool Holds => Checks.All(check => check.Holds);

    /// <summary>The checks that do not hold, one a line.</summary>
    public IReadOnlyList<string> Violations =>
        [.. Checks.Where(check => !check.Holds).Select(check => string.Create(CultureInfo.InvariantCulture, $"{check.What}: {check.Found}, must be {check.Expected}. {check.Detail}"))];

    public void Print(TextWriter output)
    {
        output.WriteLine();
        foreach (var (what, value) in Figures)
            output.WriteLine($"  {what,-Width} {value}");
        output.WriteLine();
        foreach (var check in Checks)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {check.What,-Width} {check.Found,9:N0} {(check.Holds ? "ok" : $"MUST BE {check.Expected:N0}")}"));
        }
        output.WriteLine();
        foreach (var violation in Violations)
            output.WriteLine($"  Violated: {violation}");
        output.WriteLine(Holds ? "  Verdict: all holds" : "  Verdict: VIOLATED");
    }
}
