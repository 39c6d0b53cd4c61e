using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests.Compatibility;

/// <summary>Finds what a newer contract breaks for those who were built against an older one. Additions break nothing.</summary>
internal static partial class ContractBreaks
{
    /// <summary>One sentence for each break, in the order of the older contract; empty if the newer one keeps its promises.</summary>
    public static IReadOnlyList<string> Find(FileDescriptorSet older, FileDescriptorSet newer)
    {
        var breaks = new List<string>();
        var newerFiles = newer.File.ToDictionary(file => file.Name);
        foreach (var file in older.File)
        {
            if (newerFiles.TryGetValue(file.Name, out var now))
                CompareFiles(file, now, breaks);
            else
                breaks.Add($"{file.Name}: the file is gone");
        }

        return breaks;
    }

    private static void CompareFiles(FileDescriptorProto then, FileDescriptorProto now, List<string> breaks)
    {
        Same(then.Name, "package", then.Package, now.Package, breaks);
        Same(then.Name, "syntax", then.Syntax, now.Syntax, breaks);
        Same(then.Name, "C# namespace", then.Options?.CsharpNamespace, now.Options?.CsharpNamespace, breaks);

        CompareAll(then.Package, "message", then.MessageType, now.MessageType, message => message.Name, CompareMessages, breaks);
        CompareAll(then.Package, "enum", then.EnumType, now.EnumType, type => type.Name, CompareEnums, breaks);
        CompareAll(then.Package, "service", then.Service, now.Service, service => service.Name, CompareServices, breaks);
    }

    private static void CompareServices(string path, ServiceDescriptorProto then, ServiceDescriptorProto now, List<string> breaks) =>
        CompareAll(path, "method", then.Method, now.Method, method => method.Name, CompareMethods, breaks);

    private static void CompareMethods(string path, MethodDescriptorProto then, MethodDescriptorProto now, List<string> breaks)
    {
        Same(path, "request", then.InputType, now.InputType, breaks);
        Same(path, "response", then.OutputType, now.OutputType, breaks);
        Same(path, "streaming of requests", then.ClientStreaming, now.ClientStreaming, breaks);
        Same(path, "streaming of responses", then.ServerStreaming, now.ServerStreaming, breaks);
    }

    private static void CompareEnums(string path, EnumDescriptorProto then, EnumDescriptorProto now, List<string> breaks)
    {
        var nowByNumber = now.Value.ToLookup(value => value.Number);
        foreach (var value in then.Value)
        {
            if (!nowByNumber[value.Number].Any(other => other.Name == value.Name))
            {
                var found = nowByNumber[value.Number].FirstOrDefault()?.Name ?? "gone";
                breaks.Add($"{path}: value {value.Number} was {value.Name} and is {found}");
            }
        }

        var nowRanges = now.ReservedRange.Select(range => (range.Start, range.End)).ToList();
        Reserved(path, then.ReservedRange.Select(range => (range.Start, range.End)), nowRanges, then.ReservedName, now.ReservedName, breaks);
    }

    private static void CompareAll<T>(
        string path,
        string kind,
        IEnumerable<T> then,
        IEnumerable<T> now,
        Func<T, string> name,
        Action<string, T, T, List<string>> compare,
        List<string> breaks)
    {
        var nowByName = now.ToDictionary(name);
        foreach (var one in then)
        {
            if (nowByName.TryGetValue(name(one), out var other))
                compare($"{path}.{name(one)}", one, other, breaks);
            else
                breaks.Add($"{path}.{name(one)}: the {kind} is gone");
        }
    }

    private static void Reserved(
        string path,
        IEnumerable<(int Start, int End)> thenRanges,
        List<(int Start, int End)> nowRanges,
        RepeatedField<string> thenNames,
        RepeatedField<string> nowNames,
        List<string> breaks)
    {
        foreach (var (start, end) in thenRanges)
        {
            if (!nowRanges.Exists(range => range.Start <= start && range.End >= end))
                breaks.Add($"{path}: the numbers {start} to {end} are no longer reserved");
        }

        foreach (var name in thenNames.Where(name => !nowNames.Contains(name)))
            breaks.Add($"{path}: the name {name} is no longer reserved");
    }

    private static void Same<T>(string path, string what, T then, T now, List<string> breaks)
    {
        if (!EqualityComparer<T>.Default.Equals(then, now))
            breaks.Add($"{path}: the {what} was {then} and is {now}");
    }
}
