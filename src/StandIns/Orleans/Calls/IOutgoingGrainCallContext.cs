using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that is about to be sent, as a filter sees it.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation that calls; null for code outside grains.</summary>
    IGrainContext? SourceContext { get; }
}
