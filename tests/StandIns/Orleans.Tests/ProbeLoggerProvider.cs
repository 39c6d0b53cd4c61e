using Microsoft.Extensions.Logging;

namespace Orleans.Tests;

/// <summary>Notes warnings and errors, by category and event id, so that a test can wait for one.</summary>
internal sealed class ProbeLoggerProvider(Probe probe) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ProbeLogger(probe, categoryName);

    public void Dispose()
    {
    }

    private sealed class ProbeLogger(Probe probe, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                probe.Log($"log {category} {eventId.Id}");
            }
        }
    }
}
