using System.Globalization;
using System.Text.RegularExpressions;

namespace Dressora.Web.Payments;

/// <summary>
/// Credits and their price, each from the other, in whole ten-thousandths of the currency. The script on the page counts
/// the same way, so both give the same answer.
/// </summary>
public static partial class Exchange
{
    private const long Unit = 10_000;
    private const int DigitsMax = 12;

    /// <summary>In dollars, until an admin sets another; where no price is known yet.</summary>
    public const long RateAtFirst = 275;
    public const int CreditsMin = 100;
    public const int CreditsMax = 90_000;

    /// <summary>The price in cents: credits times the rate, half a cent rounded up.</summary>
    public static long CentsFor(long credits, long rate) => ((credits * rate) + 50) / 100;

    /// <summary>How many credits an amount buys, half a credit rounded up.</summary>
    public static long CreditsFor(long amount, long rate) => ((amount * 2) + rate) / (rate * 2);

    /// <summary>A typed amount rounded to whole credits, half rounded up.</summary>
    public static long WholeOf(long amount) => (amount + (Unit / 2)) / Unit;

    public static bool IsSold(long credits) => credits is >= CreditsMin and <= CreditsMax;

    /// <summary>
    /// A number as people type it in any language: the last mark divides, but a comma before just three digits groups.
    /// What follows the fourth place is dropped. Null when it is no number.
    /// </summary>
    public static long? Parse(string? typed)
    {
        var match = Number().Match(string.Concat((typed ?? "").Where(letter => !char.IsWhiteSpace(letter))));
        var whole = string.Concat(match.Groups["whole"].Value.Where(char.IsAsciiDigit));
        var part = match.Groups["part"].Value;
        if (!match.Success || whole.Length + part.Length == 0 || whole.Length > DigitsMax)
            return null;
        return (Digits(whole) * Unit) + Digits(part.PadRight(4, '0')[..4]);
    }

    private static long Digits(string digits) =>
        digits.Length == 0 ? 0 : long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<whole>[0-9.,]*?)(?:(?:\.|,(?![0-9]{3}$))(?<part>[0-9]*))?$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Number();
}
