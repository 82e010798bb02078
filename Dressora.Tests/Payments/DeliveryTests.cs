using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>Many payments, each told many times by every way there is, in any order, on two servers: the sum is exact.</summary>
public sealed class DeliveryTests
{
    private const int TimesMax = 100;

    /// <summary>DRESSORA_PAYMENTS=10000 is the long proof.</summary>
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("DRESSORA_PAYMENTS"), CultureInfo.InvariantCulture, out var many) ? many : 60;

    [Fact]
    public Task Every_payment_gives_its_credits_once_on_SQLite() => DeliverAsync(Engine.Sqlite);

    [Fact]
    [Trait("needs", "postgres")]
    public Task Every_payment_gives_its_credits_once_on_PostgreSQL() => DeliverAsync(Engine.Postgres);

    private static async Task DeliverAsync(Engine engine)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var shop = await Shop.OpenAsync(engine);
        var facts = new List<Fact>();
        var expected = 0L;
        for (var i = 0; i < Count; i++)
        {
            var order = await shop.OrderAsync(random.Next(Exchange.CreditsMin, 5_000));
            expected += order.Credits;
            var paid = Shop.Paid(order, $"pay_{i}");
            facts.AddRange(Enumerable.Repeat<Fact>(paid, random.Next(1, TimesMax)));
            facts.Add(paid with { State = PaymentState.Failed });
            facts.Add(paid with { State = PaymentState.Pending });
        }

        var second = engine == Engine.Postgres ? await shop.Site.BesideAsync() : null;
        var cashiers = new[] { shop.Cashier, second is null ? shop.Cashier : (Cashier)second.Services.GetService(typeof(Cashier))! };
        var shuffled = facts.Select(fact => (fact, key: random.Next(), who: random.Next(cashiers.Length))).OrderBy(pair => pair.key).ToList();
        await Parallel.ForEachAsync(
            shuffled, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (pair, cancel) => await cashiers[pair.who].ApplyAsync(Shop.Demo, pair.fact, cancel));

        Assert.True(expected == await shop.AvailableAsync(), $"seed {seed}: {expected} bought");
        Assert.Equal(Count, await shop.Site.ReadAsync(db => db.Receipts.CountAsync()));
        Assert.Equal($"TEST-2031-{Count:D6}", await shop.Site.ReadAsync(db => db.Receipts.MaxAsync(r => r.Number)));
        Assert.Null(await shop.FaultAsync());
        if (second is not null)
            await second.DisposeAsync();
    }
}
