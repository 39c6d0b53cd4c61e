namespace Orleans;

/// <summary>Wraps a call that is sent to a grain.</summary>
/// <param name="context">The call; its <c>Invoke</c> goes on.</param>
/// <returns>Ends when the call has been dealt with.</returns>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
