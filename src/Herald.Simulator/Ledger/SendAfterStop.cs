namespace Herald.Simulator;

/// <summary>A marketing template whose request came after a STOP of that person was acknowledged.</summary>
/// <param name="Send">The send.</param>
/// <param name="SinceAcknowledged">Time from the acknowledgement to the request.</param>
public sealed record SendAfterStop(SendRecord Send, TimeSpan SinceAcknowledged);
