namespace Herald.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Violation">The first rule that was broken; null when all held.</param>
/// <param name="TraceHash">A hash of all that happened, in order.</param>
/// <param name="Steps">Pieces of work that were run.</param>
/// <param name="Messages">Messages that were queued.</param>
/// <param name="Unknown">Messages whose outcome nobody learned.</param>
/// <param name="Elapsed">How long it took in the run's own time.</param>
public sealed record RunResult(int Seed, string? Violation, ulong TraceHash, long Steps, int Messages, int Unknown, TimeSpan Elapsed);
