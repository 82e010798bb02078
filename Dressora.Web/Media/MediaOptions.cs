using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Media;

/// <summary>How many files are kept.</summary>
public sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>What one person may keep, everything together.</summary>
    [Range(1, 10_000_000)]
    public long QuotaMegabytes { get; set; } = 2_000;

    /// <summary>Smaller copies of pictures, made when they are asked for; the oldest go.</summary>
    [Range(1, 10_000_000)]
    public long CacheMegabytes { get; set; } = 512;
}
