namespace Orleans;

/// <summary>Wraps the calls that reach grains. A grain class may implement it for its own calls.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Wraps a call.</summary>
    /// <param name="context">The call; its <c>Invoke</c> goes on.</param>
    /// <returns>Ends when the call has been dealt with.</returns>
    Task Invoke(IIncomingGrainCallContext context);
}
