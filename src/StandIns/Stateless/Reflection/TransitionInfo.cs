namespace Stateless.Reflection;

/// <summary>Describes what a state does with a trigger.</summary>
public abstract class TransitionInfo
{
    private protected TransitionInfo(object trigger, IEnumerable<InvocationInfo> guards, bool isInternal)
    {
        Trigger = new TriggerInfo(trigger);
        GuardConditionsMethodDescriptions = guards;
        IsInternalTransition = isInternal;
    }

    /// <summary>The trigger.</summary>
    public TriggerInfo Trigger { get; }

    /// <summary>The guards, all of which must be met; empty if there are none.</summary>
    public IEnumerable<InvocationInfo> GuardConditionsMethodDescriptions { get; }

    /// <summary>True if the state is neither left nor entered.</summary>
    public bool IsInternalTransition { get; }
}
