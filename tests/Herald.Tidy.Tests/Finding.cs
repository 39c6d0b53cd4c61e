namespace Herald.Tidy.Tests;

/// <summary>One place that breaks a rule.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Text">What is wrong there, in a sentence that says what to do.</param>
internal sealed record Finding(string Path, int Line, string Text)
{
    public override string ToString() => $"{Path}:{Line}: {Text}";
}
