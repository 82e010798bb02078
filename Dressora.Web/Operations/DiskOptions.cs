using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Operations;

public sealed class DiskOptions
{
    public const string Section = "Disk";

    /// <summary>With less than this free on the data folder's disk the server does not start, and /ready says so; 0 never.</summary>
    [Range(0, 1_000_000)]
    public int FreeMegabytesMin { get; set; } = 200;
}
