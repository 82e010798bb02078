using Dressora.Web.Payments;

namespace Dressora.Web.Pages.Pricing;

/// <summary>What this house asks, in one currency; the rows are an admin's.</summary>
public sealed record PriceList(CreditPrice? Credit, IReadOnlyList<PlanPrice> Plans, IReadOnlyList<string> Currencies, string Currency)
{
    public const int FreeCredits = 500;
    public const int TryOn = 20;

    public IEnumerable<PlanPrice> By(Period period) => Plans.Where(plan => plan.Period == period);

    /// <summary>In the currency that was asked for, or the first there is.</summary>
    public static async Task<PriceList> ReadAsync(Catalogue catalogue, string? asked)
    {
        var (credits, plans) = (await catalogue.CreditsAsync(), await catalogue.PlansAsync());
        List<string> currencies = [.. credits.Select(price => price.Currency).Union(plans.Select(plan => plan.Currency))];
        var currency = asked is not null && currencies.Contains(asked) ? asked : currencies.FirstOrDefault() ?? "USD";
        return new PriceList(
            credits.FirstOrDefault(price => price.Currency == currency), [.. plans.Where(plan => plan.Currency == currency)], currencies, currency);
    }
}
