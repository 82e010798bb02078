using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages;

/// <summary>A table for a spreadsheet. A cell that a spreadsheet would run as a formula is made a text.</summary>
internal static class Csv
{
    internal const int RowsMax = 100_000;
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r'];

    internal static FileContentResult File(string name, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        Append(text, heads);
        foreach (var row in rows)
            Append(text, row);
        return new FileContentResult(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8") { FileDownloadName = name };
    }

    private static void Append(StringBuilder text, IEnumerable<object?> cells) =>
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(object? value)
    {
        var text = value switch
        {
            DateTimeOffset instant => instant.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };
        if (value is string && text.Length > 0 && Formula.Contains(text[0]))
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
