namespace Stateless.Reflection;

/// <summary>Describes a trigger that a state ignores.</summary>
public class IgnoredTransitionInfo : TransitionInfo
{
    internal IgnoredTransitionInfo(object trigger, IEnumerable<InvocationInfo> guards)
        : base(trigger, guards, isInternal: true)
    {
    }
}
