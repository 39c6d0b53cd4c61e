namespace Stateless.Reflection;

/// <summary>Describes an entry action.</summary>
/// <param name="method">The method that runs.</param>
/// <param name="fromTrigger">The trigger that it is limited to, as text; null if it runs for all.</param>
public class ActionInfo(InvocationInfo method, string? fromTrigger)
{
    /// <summary>The method that runs.</summary>
    public InvocationInfo Method { get; } = method;

    /// <summary>The trigger that it is limited to, as text; null if it runs for all.</summary>
    public string? FromTrigger { get; } = fromTrigger;
}
