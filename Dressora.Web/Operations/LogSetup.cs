using Dressora.Web.Notices;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Dressora.Web.Operations;

/// <summary>Logs go to the console and to files in the data folder; the framework speaks only when something is wrong.</summary>
internal static class LogSetup
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The letter box of a server without mail: its letters hold links, so they are shown but never kept.</summary>
    private static readonly string LetterBox = $"{typeof(Mailbox).Namespace}.Log.";

    internal static void AddLogs(this ILoggingBuilder logging, OpenedHouse house)
    {
        var options = house.Configuration.GetSection(LogOptions.Section).Get<LogOptions>() ?? new LogOptions();
        ITextFormatter format = options.Json ? new LogObjects(IsLetter) : new LogLines(IsLetter);
        var level = (LogLevel)Math.Max((int)options.Level, house.IsQuiet ? (int)LogLevel.Error : 0);
        var made = new LoggerConfiguration()
            .MinimumLevel.Is((LogEventLevel)Math.Min((int)level, (int)LogEventLevel.Fatal))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // It warns that no certificate seals the keys; they lie in a folder that only its owner reads.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error);
        made.WriteTo.Console(format, standardErrorFromLevel: house.IsQuiet ? LogEventLevel.Verbose : null);
        if (options.FilesKept > 0)
            made.WriteTo.Logger(kept => kept.Filter.ByExcluding(IsLetter).WriteTo.File(
                format,
                Path.Combine(house.Folder.Logs, "dressora-.log"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: options.FileMegabytes * Megabyte,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: options.FilesKept));
        logging.ClearProviders();
        logging.AddSerilog(made.CreateLogger(), dispose: true);
    }

    private static bool IsLetter(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue { Value: string source }
        && source.StartsWith(LetterBox, StringComparison.Ordinal);
}
