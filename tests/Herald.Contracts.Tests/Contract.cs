using System.Reflection;
using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests;

/// <summary>The contract as it was built into Herald.Contracts.</summary>
internal static class Contract
{
    /// <summary>All files of ours, by name.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } = FindFiles();

    public static IEnumerable<ServiceDescriptor> Services => Files.SelectMany(file => file.Services);

    public static IEnumerable<MethodDescriptor> Methods => Services.SelectMany(service => service.Methods);

    public static FileDescriptorSet ToSet()
    {
        var set = new FileDescriptorSet();
        set.File.AddRange(Files.Select(file => FileDescriptorProto.Parser.ParseFrom(file.SerializedData)));
        return set;
    }

    private static List<FileDescriptor> FindFiles() =>
        [.. typeof(ResourceName).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
}
