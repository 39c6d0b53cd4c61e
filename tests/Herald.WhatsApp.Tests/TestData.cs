namespace Herald.WhatsApp.Tests;

/// <summary>Payload files beside the tests; a file's name says its case.</summary>
internal static class TestData
{
    public static byte[] Bytes(string folder, string name) => File.ReadAllBytes(Path.Combine(Folder(folder), name + ".json"));

    public static string Text(string folder, string name) => File.ReadAllText(Path.Combine(Folder(folder), name + ".json"));

    public static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.GetFiles(Folder(folder), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder(string folder) => Path.Combine(AppContext.BaseDirectory, "testdata", folder);
}
