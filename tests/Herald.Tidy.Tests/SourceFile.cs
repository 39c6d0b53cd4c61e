namespace Herald.Tidy.Tests;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">The file, from the root of the repository, with slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public IReadOnlyList<string> Lines { get; } = Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public string Name => System.IO.Path.GetFileName(Path);

    public string Extension => System.IO.Path.GetExtension(Path);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Finding At(int line, string text) => new(Path, line, text);
}
