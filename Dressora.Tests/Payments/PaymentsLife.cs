using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Operations;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Payments;

/// <summary>A process that is told of payments until it dies; the first of them makes the orders.</summary>
internal static class PaymentsLife
{
    internal const string Warm = "warm.";
    internal const string Acknowledged = "paid ";
    internal const int Orders = 60;
    internal const long Credits = 100;
    private const int Callers = 8;

    internal static async Task<int> RunAsync(string folder, int seed)
    {
        await using var app = await Harness.Acts.OpenAsync(folder);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync();
        var database = app.Services.GetRequiredService<Database>();
        await using var db = database.OpenReader();
        if (!await db.Orders.AnyAsync())
            await PlaceAsync(database, app.Services.GetRequiredService<Checkout>());
        var orders = await db.Orders.Where(order => order.ExternalId != null).ToListAsync();
        var cashier = app.Services.GetRequiredService<Cashier>();
        Console.WriteLine(Warm);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            while (true)
            {
                var order = orders[random.Next(orders.Count)];
                await cashier.ApplyAsync(Shop.Demo, Shop.Paid(order, "pay_" + order.Number));
                Console.WriteLine($"{Acknowledged}{order.Number}.");
            }
        })));
        return Exit.Done;
    }

    private static async Task PlaceAsync(Database database, Checkout checkout)
    {
        var userId = await database.WriteAsync(async write =>
        {
            var address = Address.Read("asha@example.org")!;
            var person = new AppUser(address.Email, address.Normalized, write.Now);
            person.Confirm();
            write.Db.Users.Add(person);
            await write.SaveAsync();
            return person.Id;
        });
        for (var i = 0; i < Orders; i++)
        {
            var order = await checkout.PlaceAsync((await checkout.CreditsAsync(userId, $"key-{i}", Credits, "USD", ""))!, "demo");
            await checkout.BeginAsync(order!, "asha@example.org", default);
        }
    }
}
