using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Operations;

public sealed class LogOptions
{
    public const string Section = "Logs";

    /// <summary>The least that is written: Debug, Information, Warning or Error.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>One JSON object a line instead of plain text.</summary>
    public bool Json { get; set; }

    /// <summary>Log files kept in the data folder, one a day or sooner; 0 keeps none.</summary>
    [Range(0, 1_000)]
    public int FilesKept { get; set; } = 14;

    [Range(1, 1_000)]
    public int FileMegabytes { get; set; } = 20;
}
