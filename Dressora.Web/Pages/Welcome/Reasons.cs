using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Welcome;

/// <summary>What brings people here, asked once; the first of each pair is what is kept.</summary>
public static class Reasons
{
    public static IReadOnlyList<(string Value, string Label)> All(IStringLocalizer<Words> words) =>
    [
        ("wear", words["To see clothes on me before I buy or wear them"]),
        ("sell", words["I make or sell clothes"]),
        ("look", words["Just looking"]),
    ];
}
