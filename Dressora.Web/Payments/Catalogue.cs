using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>What is sold. An order keeps the price it was made at; a change counts from the next one on.</summary>
public sealed class Catalogue(Database database)
{
    public async Task<IReadOnlyList<CreditPrice>> CreditsAsync(bool all = false)
    {
        await using var db = database.OpenReader();
        var prices = await db.CreditPrices.Where(price => all || price.IsSold).ToListAsync();
        return [.. prices.OrderBy(price => price.Currency != "USD").ThenBy(price => price.Currency, StringComparer.Ordinal)];
    }

    /// <summary>What one costs, for whoever reads prices in credits; null where none are sold by themselves.</summary>
    public async Task<CreditPrice?> EachAsync() => await CreditsAsync() is [var first, ..] ? first : null;

    public async Task<IReadOnlyList<PlanPrice>> PlansAsync(bool all = false)
    {
        await using var db = database.OpenReader();
        return await db.PlanPrices.Where(price => all || price.IsSold)
            .OrderBy(price => price.Currency).ThenBy(price => price.Credits).ThenBy(price => price.Period).ToListAsync();
    }

    public async Task<PlanPrice?> PlanAsync(long id)
    {
        await using var db = database.OpenReader();
        return await db.PlanPrices.SingleOrDefaultAsync(price => price.Id == id && price.IsSold);
    }

    public async Task<SaleTerms> TermsAsync()
    {
        await using var db = database.OpenReader();
        return await db.SaleTerms.SingleAsync();
    }

    /// <summary>Sets what a credit costs in a currency; a currency that is new is sold from now on. False when out of bounds.</summary>
    public Task<bool> PriceCreditsAsync(string currency, long rate, bool isSold, long actorId) => database.WriteAsync(async write =>
    {
        if (!Money.IsKnown(currency) || rate is < 1 or > CreditPrice.RateMax)
            return false;
        var price = await write.Db.CreditPrices.SingleOrDefaultAsync(p => p.Currency == currency);
        if (price is null)
            write.Db.CreditPrices.Add(price = new CreditPrice(currency, rate));
        write.Audit(actorId, "price credits", currency, $"{price.Rate} to {rate} ten-thousandths{(isSold ? "" : ", not sold")}");
        price.Change(rate, isSold);
        return true;
    });

    /// <summary>False when out of bounds.</summary>
    public Task<bool> PricePlanAsync(long credits, Period period, string currency, long amount, bool isSold, long actorId) =>
        database.WriteAsync(async write =>
        {
            if (!Money.IsKnown(currency) || amount is < 1 or > PlanPrice.AmountMax || credits is < 1 or > PlanPrice.CreditsMax)
                return false;
            var price = await write.Db.PlanPrices.SingleOrDefaultAsync(p => p.Credits == credits && p.Period == period && p.Currency == currency);
            if (price is null)
                write.Db.PlanPrices.Add(price = new PlanPrice(credits, period, currency, amount));
            write.Audit(actorId, "price a plan", $"{credits} a month by the {period}, {currency}", $"{price.Amount} to {amount}{(isSold ? "" : ", not sold")}");
            price.Change(amount, isSold);
            return true;
        });

    /// <summary>Receipts that were issued keep what they say.</summary>
    public Task ChangeTermsAsync(TermsChange change, long actorId) => database.WriteAsync(async write =>
    {
        (await write.Db.SaleTerms.SingleAsync()).Change(change);
        write.Audit(actorId, "change the seller", change.Seller, $"{change.TaxName} {change.TaxPoints}, {(change.ResetsPlans ? "plans reset" : "plans top up")}");
    });
}
