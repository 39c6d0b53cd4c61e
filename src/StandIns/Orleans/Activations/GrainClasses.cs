using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>All grain classes in the assemblies of this program.</summary>
internal sealed class GrainClasses
{
    private readonly Lazy<List<GrainClass>> _all = new(
        () => [.. Assemblies().SelectMany(TypesOf).Where(GrainClass.IsGrainClass).Select(one => new GrainClass(one))]);

    private readonly Lazy<Dictionary<GrainType, GrainClass>> _byType;
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();

    public GrainClasses() => _byType = new(() => _all.Value
        .GroupBy(one => one.GrainType)
        .ToDictionary(group => group.Key, group => group.First()));

    public bool TryGet(GrainType type, out GrainClass grainClass) => _byType.Value.TryGetValue(type, out grainClass!);

    public GrainClass Implementing(Type grainInterface, string? classNamePrefix)
        => _byInterface.GetOrAdd((grainInterface, classNamePrefix), key =>
        {
            var candidates = _all.Value.FindAll(one => one.Interfaces.Contains(key.Interface)
                && (key.Prefix is null || one.Type.FullName!.StartsWith(key.Prefix, StringComparison.Ordinal)));
            return candidates.Count switch
            {
                1 => candidates[0],
                0 => throw new ArgumentException($"Could not find an implementation for interface {key.Interface}."),
                _ => throw new ArgumentException(
                    $"Unable to identify a single appropriate grain type for interface {key.Interface}. "
                    + $"Candidates: {string.Join(", ", candidates.Select(one => one.Type))}."),
            };
        });

    /// <summary>Fails if grain types or interfaces are ambiguous, or a method returns what cannot be awaited.</summary>
    public void Check()
    {
        foreach (var method in _all.Value.SelectMany(one => one.Interfaces).Distinct().SelectMany(one => one.GetMethods()))
        {
            ReturnShape.For(method);
        }

        foreach (var group in _all.Value.GroupBy(one => one.GrainType).Where(group => group.Count() > 1))
        {
            throw new OrleansConfigurationException(
                $"Grain type {group.Key} belongs to several classes: {string.Join(", ", group.Select(one => one.Type))}.");
        }

        var shared = _all.Value.SelectMany(one => one.OwnInterfaces.Select(own => (Interface: own, one.Type)))
            .GroupBy(pair => pair.Interface)
            .FirstOrDefault(group => group.Count() > 1);
        if (shared is not null)
        {
            throw new OrleansConfigurationException(
                $"Grain interface {shared.Key} is implemented by several classes: {string.Join(", ", shared.Select(pair => pair.Type))}.");
        }
    }

    private static List<Assembly> Assemblies()
    {
        var runtime = typeof(IGrain).Assembly.GetName().Name;
        var found = new Dictionary<string, Assembly>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(one => !one.IsDynamic));
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            open.Enqueue(entry);
        }

        while (open.TryDequeue(out var assembly))
        {
            if (assembly.GetName().Name is not { } name || IsOfPlatform(name) || !found.TryAdd(name, assembly))
            {
                continue;
            }

            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (!IsOfPlatform(reference.Name!) && !found.ContainsKey(reference.Name!) && TryLoad(reference) is { } referenced)
                {
                    open.Enqueue(referenced);
                }
            }
        }

        return [.. found.Values.Where(one => one.GetReferencedAssemblies().Any(reference => reference.Name == runtime))];
    }

    private static bool IsOfPlatform(string name)
        => name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal)
            || name is "System" or "mscorlib" or "netstandard";

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            // A reference that is only needed to compile is not there at run time; it holds no grains either.
            return null;
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }
}
