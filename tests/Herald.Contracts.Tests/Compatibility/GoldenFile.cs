using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests.Compatibility;

/// <summary>The checked in descriptor set: the contract as it was promised.</summary>
internal static class GoldenFile
{
    /// <summary>Set to 1 to write additions to the golden file.</summary>
    public const string UpdateVariable = "HERALD_UPDATE_GOLDEN";

    private static readonly string Path = System.IO.Path.Combine(FindRoot(), "protos", "golden.binpb");

    public static FileDescriptorSet Read() => FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(Path));

    public static void Write(FileDescriptorSet set) => File.WriteAllBytes(Path, set.ToByteArray());

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "Grpc.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException($"No Grpc.sln above {AppContext.BaseDirectory}.");
    }
}
