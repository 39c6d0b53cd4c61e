namespace Herald.Benchmarks.Results;

/// <summary>One row of the table: what was measured, against what, and what it has to be.</summary>
/// <param name="Path">What was measured.</param>
/// <param name="Measured">The figure, with its unit.</param>
/// <param name="Baseline">The bare figure of the same run; empty without one.</param>
/// <param name="Ratio">The one by the other; empty without a baseline.</param>
/// <param name="Budget">What it must be; empty when nothing is asked.</param>
/// <param name="IsMet">Whether it is; null when nothing is asked.</param>
internal sealed record Figure(string Path, string Measured, string Baseline, string Ratio, string Budget, bool? IsMet)
{
    /// <summary>A figure that only informs.</summary>
    public static Figure Of(string path, string measured) => new(path, measured, "", "", "", null);

    /// <summary>A rate that must be at least a share of the bare one.</summary>
    public static Figure Share(string path, double rate, double bare, string unit, double shareMin) => new(
        path, $"{rate:N0} {unit}", $"{bare:N0} {unit}", $"{rate / bare:P1}", $"≥ {shareMin:P0}", rate >= bare * shareMin);

    /// <summary>A figure that must not exceed a limit.</summary>
    public static Figure AtMost(string path, double value, double max, string unit) => new(
        path, $"{value:N1} {unit}", "", "", $"≤ {max:N0} {unit}", value <= max);
}
