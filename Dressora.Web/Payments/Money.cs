using System.Globalization;

namespace Dressora.Web.Payments;

/// <summary>An amount in the currency's smallest unit. Only currencies of two places are taken: others round elsewhere.</summary>
public readonly record struct Money(long AmountMinor, string Currency)
{
    private const int UnitMinor = 100;

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["USD"] = "$", ["INR"] = "₹", ["EUR"] = "€", ["GBP"] = "£", ["AUD"] = "A$", ["CAD"] = "C$", ["SGD"] = "S$", ["AED"] = "AED ",
    };

    public static IReadOnlyCollection<string> Currencies => Signs.Keys;

    public static bool IsKnown(string currency) => Signs.ContainsKey(currency);

    public static string Sign(string currency) => Signs.GetValueOrDefault(currency, currency + " ");

    /// <summary>As people read it here; whole amounts without their empty places.</summary>
    public override string ToString() => Text(AmountMinor % UnitMinor == 0 ? "N0" : "N2");

    /// <summary>With its places, as receipts have it.</summary>
    public string Exact() => Text("N2");

    private string Text(string format) =>
        Sign(Currency) + (AmountMinor / (decimal)UnitMinor).ToString(format, CultureInfo.CurrentCulture);
}
