using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Moderation;

/// <summary>How patient the house is with what its rules refuse.</summary>
public sealed class ModerationOptions
{
    public const string Section = "Moderation";

    /// <summary>Refusals within 30 days after which somebody waits a day before asking again.</summary>
    [Range(1, 1_000_000)]
    public int Strikes { get; set; } = 5;
}
