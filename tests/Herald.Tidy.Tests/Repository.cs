namespace Herald.Tidy.Tests;

/// <summary>The files that people write, read once.</summary>
internal static class Repository
{
    private static readonly HashSet<string> MadeByTools =
        new(["artifacts", "bin", "obj", "node_modules", "TestResults", "dist", ".git", ".vs", ".idea", "__pycache__"], StringComparer.Ordinal);

    private static readonly HashSet<string> TextExtensions = new(
        [".cs", ".csproj", ".props", ".targets", ".proto", ".sql", ".md", ".yaml", ".yml", ".json", ".ts", ".js", ".mjs", ".py", ".sh", ".sln", ".editorconfig"],
        StringComparer.Ordinal);

    public static string Root { get; } = FindRoot();

    /// <summary>All text files, in order of their paths.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = ReadFiles();

    /// <summary>All C# files, parsed.</summary>
    public static IReadOnlyList<CSharpFile> CSharp { get; } =
        [.. Files.Where(file => file.Extension == ".cs").AsParallel().AsOrdered().Select(CSharpFile.Parse)];

    public static IEnumerable<SourceFile> Projects => Files.Where(file => file.Extension == ".csproj");

    public static SourceFile Get(string path) =>
        Files.SingleOrDefault(file => file.Path == path) ?? throw new FileNotFoundException($"The repository has no {path}.", path);

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static List<SourceFile> ReadFiles() =>
        [.. Walk(new DirectoryInfo(Root))
            .Where(file => TextExtensions.Contains(file.Extension) || file.Extension.Length == 0)
            .Select(file => new SourceFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories().Where(child => !MadeByTools.Contains(child.Name) && child.LinkTarget is null).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Grpc.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Grpc.sln above {AppContext.BaseDirectory}.");
    }
}
