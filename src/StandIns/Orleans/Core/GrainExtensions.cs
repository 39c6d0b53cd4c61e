using Orleans.Runtime;

namespace Orleans;

/// <summary>Reads identities of grains and of references to them.</summary>
public static class GrainExtensions
{
    /// <summary>Returns the key of a grain.</summary>
    /// <param name="grain">The grain itself, or a reference to one.</param>
    /// <returns>The key.</returns>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    /// <summary>Returns the identity of a grain.</summary>
    /// <param name="grain">The grain itself, or a reference to one.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase { GrainContext: { } context } => context.GrainId,
            _ => throw new ArgumentException("The object is neither a grain of this runtime nor a reference to one.", nameof(grain)),
        };
    }

    /// <summary>Returns a reference that calls the same grain by another of its interfaces.</summary>
    /// <typeparam name="TGrainInterface">The other interface.</typeparam>
    /// <param name="grain">The grain itself, or a reference to one.</param>
    /// <returns>The reference.</returns>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
        where TGrainInterface : IAddressable
    {
        var id = GetGrainId(grain);
        var factory = grain is GrainReference reference
            ? reference.Factory
            : ((Activation)((IGrainBase)grain).GrainContext).Catalog.GrainFactory;
        return factory.GetGrain<TGrainInterface>(id);
    }
}
