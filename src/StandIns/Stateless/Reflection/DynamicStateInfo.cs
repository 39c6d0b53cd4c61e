namespace Stateless.Reflection;

/// <summary>Describes one possible destination of a dynamic transition.</summary>
/// <param name="destinationState">The destination, as text.</param>
/// <param name="criterion">Why it would be chosen.</param>
public class DynamicStateInfo(string destinationState, string criterion)
{
    /// <summary>The destination, as text.</summary>
    public string DestinationState { get; set; } = destinationState;

    /// <summary>Why it would be chosen.</summary>
    public string Criterion { get; set; } = criterion;
}
