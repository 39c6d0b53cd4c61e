using Microsoft.Extensions.Logging;

namespace Herald.Testing;

/// <summary>One line that was logged.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">Who logged it.</param>
/// <param name="EventId">Which event.</param>
/// <param name="Message">The text.</param>
/// <param name="Exception">The cause, if any.</param>
public sealed record class LogGuardEntry(LogLevel Level, string Category, int EventId, string Message, Exception? Exception);
