using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A reference to a grain: it implements the grain's interface and sends each call on.</summary>
public class GrainReference : DispatchProxy, IAddressable
{
    private Type _interface = typeof(IGrain);
    private GrainFactory? _factory;

    /// <summary>The grain's identity.</summary>
    public GrainId GrainId { get; private set; }

    internal GrainFactory Factory => _factory ?? throw new InvalidOperationException("The reference was not made by a grain factory.");

    internal static object Create(Type grainInterface, GrainId id, GrainFactory factory)
    {
        var reference = (GrainReference)Create(grainInterface, typeof(GrainReference));
        reference._interface = grainInterface;
        reference.GrainId = id;
        reference._factory = factory;
        return reference;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainReference other && other.GrainId == GrainId && other._interface == _interface;

    /// <inheritdoc />
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => $"GrainReference:{GrainId}:{_interface.Name}";

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = GrainMethod.Of(targetMethod!);
        var reply = Factory.SendAsync(this, GrainId, method, args ?? []);
        return method.Returns.Wrap(reply);
    }
}
