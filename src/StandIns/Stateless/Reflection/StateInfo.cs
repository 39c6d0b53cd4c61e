namespace Stateless.Reflection;

/// <summary>Describes a state.</summary>
public class StateInfo
{
    internal StateInfo(object underlyingState) => UnderlyingState = underlyingState;

    /// <summary>The state itself.</summary>
    public object UnderlyingState { get; }

    /// <summary>The state that this one lies in, if any.</summary>
    public StateInfo? Superstate { get; internal set; }

    /// <summary>The states that lie in this one.</summary>
    public IEnumerable<StateInfo> Substates { get; internal set; } = [];

    /// <summary>What runs on entry.</summary>
    public IEnumerable<ActionInfo> EntryActions { get; internal set; } = [];

    /// <summary>What runs on activation.</summary>
    public IEnumerable<InvocationInfo> ActivateActions { get; internal set; } = [];

    /// <summary>What runs on deactivation.</summary>
    public IEnumerable<InvocationInfo> DeactivateActions { get; internal set; } = [];

    /// <summary>What runs on exit.</summary>
    public IEnumerable<InvocationInfo> ExitActions { get; internal set; } = [];

    /// <summary>All transitions of this state, those with a known destination first; ignored triggers are not among them.</summary>
    public IEnumerable<TransitionInfo> Transitions => FixedTransitions.Concat<TransitionInfo>(DynamicTransitions);

    /// <summary>The transitions with a known destination.</summary>
    public IEnumerable<FixedTransitionInfo> FixedTransitions { get; internal set; } = [];

    /// <summary>The transitions whose destination is chosen when they happen.</summary>
    public IEnumerable<DynamicTransitionInfo> DynamicTransitions { get; internal set; } = [];

    /// <summary>The triggers that are ignored.</summary>
    public IEnumerable<IgnoredTransitionInfo> IgnoredTriggers { get; internal set; } = [];

    /// <summary>The state as text.</summary>
    /// <returns>What the state's own ToString says.</returns>
    public override string ToString() => UnderlyingState.ToString() ?? "<null>";
}
