using System.Text;

namespace Herald.Benchmarks.Results;

/// <summary>Figures as text, a column under its head, and whether all budgets are met.</summary>
internal static class FigureTable
{
    private static readonly string[] Heads = ["path", "measured", "bare", "ratio", "must be", ""];

    public static bool AllMet(IEnumerable<Figure> figures) => figures.All(figure => figure.IsMet != false);

    public static string Format(IReadOnlyList<Figure> figures)
    {
        string[][] rows = [Heads, .. figures.Select(Cells)];
        var widths = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (index == 0)
                text.AppendLine(new string('-', widths.Sum() + (2 * (widths.Length - 1))));
        }
        return text.ToString();
    }

    private static string[] Cells(Figure figure) =>
        [figure.Path, figure.Measured, figure.Baseline, figure.Ratio, figure.Budget, figure.IsMet switch { true => "met", false => "MISSED", null => "" }];
}
