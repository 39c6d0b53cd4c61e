namespace Herald.Simulator;

/// <summary>A delay drawn evenly between two bounds.</summary>
/// <param name="Min">Shortest delay.</param>
/// <param name="Max">Longest delay, not below <paramref name="Min"/>.</param>
public readonly record struct DelayRange(TimeSpan Min, TimeSpan Max);
