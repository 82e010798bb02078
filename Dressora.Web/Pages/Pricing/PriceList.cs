using System.Globalization;

namespace Dressora.Web.Pages.Pricing;

/// <summary>What this house asks, in US cents.</summary>
public static class PriceList
{
    public const int FreeCredits = 500;
    public const int TryOn = 20;
    public const int CreditsMin = 100;
    public const int CreditsMax = 90_000;

    /// <summary>One credit bought by itself, in ten-thousandths of a dollar: 275 is $0.0275.</summary>
    public const int CreditRate = 275;

    public static string Dollars(long cents) =>
        "$" + (cents / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", CultureInfo.CurrentCulture);

    public static IReadOnlyList<ProTier> ProTiers { get; } =
    [
        new(1_000, 19_00),
        new(2_000, 36_00),
        new(4_000, 68_00),
        new(8_000, 128_00),
        new(16_000, 240_00),
        new(32_000, 448_00),
        new(64_000, 832_00),
    ];
}

/// <summary>Credits a month and what they cost a month; a year costs twelve months.</summary>
public sealed record ProTier(int Credits, long MonthCents)
{
    public long YearCents => MonthCents * 12;
}
