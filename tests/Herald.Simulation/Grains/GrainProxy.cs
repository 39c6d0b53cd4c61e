using System.Collections.Concurrent;
using System.Reflection;
using Herald.Simulation.Nodes;

namespace Herald.Simulation.Grains;

/// <summary>A reference to a grain: each call goes to where the grain lives.</summary>
internal class GrainProxy : DispatchProxy
{
    private static readonly MethodInfo CallMethod =
        typeof(GrainDirectory).GetMethod(nameof(GrainDirectory.CallAsync)) ?? throw new InvalidOperationException("The method is gone.");

    private static readonly ConcurrentDictionary<MethodInfo, MethodInfo> Calls = new();

    private GrainDirectory? _directory;
    private SimNode? _node;
    private Type? _grain;
    private string? _key;

    public void Bind(GrainDirectory directory, SimNode node, Type grain, string key)
    {
        _directory = directory;
        _node = node;
        _grain = grain;
        _key = key;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        var call = Calls.GetOrAdd(targetMethod, static method => CallMethod.MakeGenericMethod(method.ReturnType.GetGenericArguments()));
        return call.Invoke(_directory, [_node, _grain, _key, targetMethod, args ?? []]);
    }
}
