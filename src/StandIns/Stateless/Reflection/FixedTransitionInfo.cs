namespace Stateless.Reflection;

/// <summary>Describes a transition whose destination is known.</summary>
public class FixedTransitionInfo : TransitionInfo
{
    internal FixedTransitionInfo(object trigger, IEnumerable<InvocationInfo> guards, bool isInternal, StateInfo destination)
        : base(trigger, guards, isInternal) => DestinationState = destination;

    /// <summary>The state that is entered; the state itself for a re-entry or an internal transition.</summary>
    public StateInfo DestinationState { get; }
}
