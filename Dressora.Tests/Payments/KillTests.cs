using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>The server dies while payments are told, again and again; whoever tells them once more changes nothing.</summary>
public sealed class KillTests
{
    /// <summary>DRESSORA_PAYMENT_KILLS says how often.</summary>
    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("DRESSORA_PAYMENT_KILLS"), CultureInfo.InvariantCulture, out var many) ? many : 4;

    [Fact]
    public async Task Every_payment_gives_once_however_often_the_server_dies()
    {
        var folder = Vault.NewFolder();
        var acknowledged = new HashSet<string>();
        try
        {
            for (var life = 0; life < Kills; life++)
            {
                await using var child = Child.RunAct("pay", folder, $"{life}");
                await child.SaysAsync(PaymentsLife.Warm);
                await child.SaysAsync(PaymentsLife.Acknowledged);
                await Task.Delay(Random.Shared.Next(40));
                await child.KillAsync();
                acknowledged.UnionWith(child.Said.Split('\n')
                    .Where(line => line.StartsWith(PaymentsLife.Acknowledged, StringComparison.Ordinal) && line.EndsWith('.'))
                    .Select(line => line[PaymentsLife.Acknowledged.Length..^1]));
            }

            var vault = await Vault.OpenAsync(Engine.Sqlite, folder);
            await vault.VerifyAsync();
            await using (var db = vault.Database.OpenReader())
            {
                var paid = await db.Orders.Where(order => order.State == OrderState.Paid).Select(order => order.Number).ToListAsync();
                Assert.Superset(acknowledged, paid.ToHashSet());
                Assert.Equal(paid.Count * PaymentsLife.Credits, await db.CreditGrants.Where(g => g.Source.StartsWith("payment:")).SumAsync(g => g.Issued));
                Assert.Equal(paid.Count, await db.Receipts.CountAsync());
                Assert.Equal(paid.Count, await db.Payments.CountAsync(payment => payment.State == PaymentState.Captured));
            }

            await vault.CloseAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
