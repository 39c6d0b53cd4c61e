namespace Orleans;

/// <summary>Wraps the calls that are sent to grains.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Wraps a call.</summary>
    /// <param name="context">The call; its <c>Invoke</c> goes on.</param>
    /// <returns>Ends when the call has been dealt with.</returns>
    Task Invoke(IOutgoingGrainCallContext context);
}
