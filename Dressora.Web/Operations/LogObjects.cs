using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace Dressora.Web.Operations;

/// <summary>A JSON object a line, for machines that collect logs; redacted like the text.</summary>
internal sealed class LogObjects(Func<LogEvent, bool> isLetter) : ITextFormatter
{
    /// <summary>The framework's scopes carry the raw path, which can hold a code.</summary>
    private static readonly string[] LeftOut = ["RequestPath", "ConnectionId", "ActionId", "EventId"];

    public void Format(LogEvent logEvent, TextWriter output)
    {
        Func<string, string> kept = isLetter(logEvent) ? text => text : Redaction.Of;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", logEvent.Timestamp);
            json.WriteString("level", logEvent.Level.ToString());
            json.WriteString("says", kept(LogLines.Said(logEvent)));
            foreach (var (name, value) in logEvent.Properties.Where(pair => !LeftOut.Contains(pair.Key)))
                Write(json, name, value, kept);
            if (logEvent.Exception is { } exception)
                json.WriteString("exception", kept(exception.ToString()));
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, string name, LogEventPropertyValue value, Func<string, string> kept)
    {
        switch ((value as ScalarValue)?.Value)
        {
            case int or long or double:
                json.WriteNumber(name, Convert.ToDecimal(((ScalarValue)value).Value, CultureInfo.InvariantCulture));
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case string text:
                json.WriteString(name, kept(text));
                break;
            default:
                json.WriteString(name, kept(value.ToString()));
                break;
        }
    }
}
