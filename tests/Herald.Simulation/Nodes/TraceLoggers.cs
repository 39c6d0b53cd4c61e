using Herald.Simulation.Clockwork;
using Microsoft.Extensions.Logging;

namespace Herald.Simulation.Nodes;

/// <summary>Puts what a node logs between the lines of a trace that somebody reads.</summary>
internal sealed class TraceLoggers(Trace trace, string node) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new NodeLogger(trace, node);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The trace is the only reader.");

    public void Dispose()
    {
    }

    private sealed class NodeLogger(Trace trace, string node) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                trace.Remark(node, $"  ({logLevel}: {formatter(state, exception)}{(exception is null ? "" : " " + exception.GetType().Name + ": " + exception.Message)})");
        }
    }
}
