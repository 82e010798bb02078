using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Harness;

/// <summary>Everything a site logged, in order.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyCollection<Line> Lines => _lines;

    /// <summary>What an owner should look at; most tests want none of it.</summary>
    public IEnumerable<Line> Troubles => _lines.Where(line => line.Level >= LogLevel.Warning);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    public sealed record Line(string Category, LogLevel Level, string Text, Exception? Error)
    {
        public override string ToString() => $"{Level} {Category}: {Text}{(Error is null ? "" : "\n" + Error)}";
    }

    private sealed class Logger(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                book._lines.Enqueue(new Line(category, logLevel, formatter(state, exception), exception));
        }
    }
}
