namespace Stateless.Reflection;

/// <summary>Describes a trigger.</summary>
public class TriggerInfo
{
    internal TriggerInfo(object underlyingTrigger) => UnderlyingTrigger = underlyingTrigger;

    /// <summary>The trigger itself.</summary>
    public object UnderlyingTrigger { get; }

    /// <summary>The trigger as text.</summary>
    /// <returns>What the trigger's own ToString says.</returns>
    public override string ToString() => UnderlyingTrigger.ToString() ?? "<null>";
}
