using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A call, as a filter sees it.</summary>
public interface IGrainCallContext
{
    /// <summary>The grain's object on an incoming call, the reference on an outgoing one.</summary>
    object Grain { get; }

    /// <summary>The grain that calls; null for code outside grains.</summary>
    GrainId? SourceId { get; }

    /// <summary>The grain that is called.</summary>
    GrainId TargetId { get; }

    /// <summary>The name of the interface.</summary>
    string InterfaceName { get; }

    /// <summary>The name of the method.</summary>
    string MethodName { get; }

    /// <summary>The method of the interface.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>The result, once the call has been made; a filter may replace it.</summary>
    object? Result { get; set; }

    /// <summary>Goes on with the next filter, or makes the call after the last. It may be called again to repeat the call.</summary>
    /// <returns>Ends when the call has ended; fails as the call fails.</returns>
    Task Invoke();
}
