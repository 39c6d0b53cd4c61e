namespace Herald.Chaos;

/// <summary>A time at which a host was killed, or from which until which it was suspended.</summary>
/// <param name="Process">The id of its process.</param>
/// <param name="From">When.</param>
/// <param name="Until">When it went on; null when it was killed.</param>
internal sealed record Interruption(int Process, DateTimeOffset From, DateTimeOffset? Until);
