using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Ledger;

/// <summary>What everybody gets without paying.</summary>
public sealed class AllowanceOptions
{
    public const string Section = "Allowances";

    /// <summary>Credits at the beginning of each month, gone at its end. 0 gives none.</summary>
    [Range(0, 1_000_000)]
    public int MonthlyCredits { get; set; } = 500;

    /// <summary>Chat messages a day, by the person's midnight.</summary>
    [Range(0, 10_000)]
    public int DailyChat { get; set; } = 5;

    /// <summary>Images a day, by the person's midnight.</summary>
    [Range(0, 10_000)]
    public int DailyImages { get; set; } = 2;
}
