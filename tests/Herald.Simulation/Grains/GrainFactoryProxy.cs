using System.Reflection;
using Herald.Simulation.Nodes;
using Orleans;

namespace Herald.Simulation.Grains;

/// <summary>A node's grain factory: only grains by their text keys are asked for.</summary>
internal class GrainFactoryProxy : DispatchProxy
{
    private static readonly MethodInfo MakeMethod =
        typeof(GrainFactoryProxy).GetMethod(nameof(Make), BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new InvalidOperationException("The method is gone.");

    private GrainDirectory? _directory;
    private SimNode? _node;

    public void Bind(GrainDirectory directory, SimNode node)
    {
        _directory = directory;
        _node = node;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } && args is [string key, ..]
            ? MakeMethod.MakeGenericMethod(targetMethod.GetGenericArguments()).Invoke(this, [key])
            : throw new NotSupportedException($"{targetMethod} does not occur in a run.");

    private TGrain Make<TGrain>(string key)
    {
        var grain = DispatchProxy.Create<TGrain, GrainProxy>();
        ((GrainProxy)(object)grain!).Bind(
            _directory ?? throw new InvalidOperationException("Not bound."), _node ?? throw new InvalidOperationException("Not bound."), typeof(TGrain), key);
        return grain;
    }
}
