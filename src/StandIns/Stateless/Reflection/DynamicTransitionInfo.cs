namespace Stateless.Reflection;

/// <summary>Describes a transition whose destination is chosen when the trigger is fired.</summary>
public class DynamicTransitionInfo : TransitionInfo
{
    private DynamicTransitionInfo(
        object trigger, IEnumerable<InvocationInfo> guards, InvocationInfo selector, DynamicStateInfos? possibleStates)
        : base(trigger, guards, isInternal: false)
    {
        DestinationStateSelectorDescription = selector;
        PossibleDestinationStates = possibleStates;
    }

    /// <summary>The method that chooses.</summary>
    public InvocationInfo DestinationStateSelectorDescription { get; }

    /// <summary>The states that may be chosen, where the configuration says so.</summary>
    public DynamicStateInfos? PossibleDestinationStates { get; }

    internal static DynamicTransitionInfo Create(
        object trigger, IEnumerable<InvocationInfo> guards, InvocationInfo selector, DynamicStateInfos? possibleStates)
        => new(trigger, guards, selector, possibleStates);
}
