using System.Globalization;
using System.Text;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Dressora.Web.Operations;

/// <summary>A line of text an event: time, level, what happened, which request; redacted. Letters keep their words.</summary>
internal sealed class LogLines(Func<LogEvent, bool> isLetter) : ITextFormatter
{
    private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var said = Said(logEvent);
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{logEvent.Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Short(logEvent.Level)} ");
        if (isLetter(logEvent))
        {
            output.WriteLine(line.Append(said));
            return;
        }

        line.Append(Redaction.Of(OneLine(said)));
        if (logEvent.Properties.GetValueOrDefault("RequestId") is ScalarValue { Value: string request })
            line.Append(CultureInfo.InvariantCulture, $" ({request})");
        output.WriteLine(line);
        if (logEvent.Exception is { } exception)
            output.WriteLine(Redaction.Of(exception.ToString()));
    }

    /// <summary>The message with its values as they are, without quotes around texts.</summary>
    internal static string Said(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, text);
        return text.ToString();
    }

    /// <summary>Nobody can forge a second line with a line break in what they typed.</summary>
    internal static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(char.IsControl(c) ? ' ' : c);
        return plain.ToString();
    }

    private static string Short(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trc",
        LogEventLevel.Debug => "dbg",
        LogEventLevel.Information => "inf",
        LogEventLevel.Warning => "WRN",
        LogEventLevel.Error => "ERR",
        _ => "FTL",
    };
}
