using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Herald.Testing;

/// <summary>
/// Collects what is logged, and fails a test in which an error was logged that it had not announced: add it as a provider, then call
/// <see cref="AssertClean"/> at the end.
/// </summary>
public sealed class LogGuard : ILoggerProvider
{
    private readonly ConcurrentQueue<LogGuardEntry> _entries = new();
    private readonly ConcurrentBag<(string Category, int EventId)> _announced = [];

    /// <summary>All entries of level Information and above so far, in order.</summary>
    public IReadOnlyList<LogGuardEntry> Entries => [.. _entries];

    /// <summary>Expects errors with this event id in categories that end in <paramref name="category"/>; none need come.</summary>
    public void Announce(string category, int eventId) => _announced.Add((category, eventId));

    /// <summary>Throws when an error was logged that was not announced, naming the first.</summary>
    public void AssertClean()
    {
        var unannounced = _entries.FirstOrDefault(entry => entry.Level >= LogLevel.Error && !IsAnnounced(entry));
        if (unannounced is not null)
            throw new InvalidOperationException($"An error was logged that the test did not announce: {unannounced}");
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new GuardLogger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private bool IsAnnounced(LogGuardEntry entry) => _announced.Any(expected =>
        expected.EventId == entry.EventId && entry.Category.EndsWith(expected.Category, StringComparison.Ordinal));

    private sealed class GuardLogger(LogGuard guard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                guard._entries.Enqueue(new LogGuardEntry(logLevel, category, eventId.Id, formatter(state, exception), exception));
        }
    }
}
