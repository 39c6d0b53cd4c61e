using Orleans.Runtime;

namespace Orleans;

/// <summary>Hands out references to grains. A grain always exists; it is activated by the first call.</summary>
public interface IGrainFactory
{
    /// <summary>Returns a reference to a grain.</summary>
    /// <typeparam name="TGrainInterface">The interface to call it by.</typeparam>
    /// <param name="primaryKey">The grain's key.</param>
    /// <param name="grainClassNamePrefix">The beginning of the class name, where several classes implement the interface.</param>
    /// <returns>The reference. It is cheap, and may be kept.</returns>
    /// <exception cref="ArgumentException">No class, or several, implement the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>Returns a reference to a grain whose interface is known at run time only.</summary>
    /// <param name="grainInterfaceType">The interface to call it by.</param>
    /// <param name="grainPrimaryKey">The grain's key.</param>
    /// <returns>The reference, which can be cast to the interface.</returns>
    /// <exception cref="ArgumentException">No class, or several, implement the interface.</exception>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>Returns a reference to a grain whose identity is known.</summary>
    /// <typeparam name="TGrainInterface">The interface to call it by.</typeparam>
    /// <param name="grainId">The grain's identity.</param>
    /// <returns>The reference.</returns>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;
}
