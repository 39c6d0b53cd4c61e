using System.Reflection;
using Orleans;

namespace Herald.Delivery.Tests.Support;

/// <summary>Grains of which one does not answer until it is mended.</summary>
public class BrokenGrain : DispatchProxy
{
    private IGrainFactory? _inner;
    private string _key = "";
    private volatile bool _isMended;

    public static IGrainFactory Of(IGrainFactory inner, string key)
    {
        var grains = Create<IGrainFactory, BrokenGrain>();
        var broken = (BrokenGrain)grains;
        (broken._inner, broken._key) = (inner, key);
        return grains;
    }

    public static void Mend(IGrainFactory grains) => ((BrokenGrain)grains)._isMended = true;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => !_isMended && args is [string key, ..] && key == _key
        ? throw new TimeoutException("The grain did not answer.")
        : targetMethod?.Invoke(_inner, args);
}
