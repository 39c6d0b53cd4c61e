using Google.Protobuf.Reflection;

namespace Grpc.AspNetCore.Server.Reflection;

/// <summary>The files of a set of services, and of all that they depend on, by file name and by declared name.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _filesByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _filesBySymbol = new(StringComparer.Ordinal);

    public DescriptorIndex(IReadOnlyCollection<ServiceDescriptor> services)
    {
        ServiceNames = [.. services.Select(service => service.FullName).Distinct(StringComparer.Ordinal)];
        foreach (var file in services.SelectMany(service => WithDependencies(service.File)))
        {
            if (_filesByName.TryAdd(file.Name, file))
            {
                AddSymbols(file);
            }
        }
    }

    /// <summary>The full names of the services.</summary>
    public IReadOnlyList<string> ServiceNames { get; }

    /// <summary>Gives a file and all that it depends on, the file itself first and each once.</summary>
    public static IReadOnlyList<FileDescriptor> WithDependencies(FileDescriptor file)
    {
        // Files cannot depend on each other in a circle, but two may depend on the same third one.
        var found = new List<FileDescriptor> { file };
        var names = new HashSet<string>(StringComparer.Ordinal) { file.Name };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Dependencies.Where(dependency => names.Add(dependency.Name)));
        }

        return found;
    }

    /// <summary>Finds the file of a name, or null.</summary>
    public FileDescriptor? FindFile(string name) => _filesByName.GetValueOrDefault(name);

    /// <summary>Finds the file that declares a full name, or null.</summary>
    public FileDescriptor? FindFileOfSymbol(string symbol) => _filesBySymbol.GetValueOrDefault(symbol);

    private void AddSymbols(FileDescriptor file)
    {
        foreach (var service in file.Services)
        {
            Add(service);
            AddAll(service.Methods);
        }

        foreach (var message in file.MessageTypes)
        {
            AddMessage(message);
        }

        foreach (var enumType in file.EnumTypes)
        {
            AddEnum(enumType);
        }
    }

    private void AddMessage(MessageDescriptor message)
    {
        Add(message);
        AddAll(message.Fields.InDeclarationOrder());
        AddAll(message.Oneofs);
        foreach (var nested in message.NestedTypes)
        {
            AddMessage(nested);
        }

        foreach (var enumType in message.EnumTypes)
        {
            AddEnum(enumType);
        }
    }

    private void AddEnum(EnumDescriptor enumType)
    {
        Add(enumType);
        AddAll(enumType.Values);
    }

    private void AddAll(IEnumerable<IDescriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            Add(descriptor);
        }
    }

    private void Add(IDescriptor descriptor) => _filesBySymbol[descriptor.FullName] = descriptor.File;
}
