using System.Globalization;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>Numbers receipts and credit notes without a gap, test and live apart.</summary>
internal static class Receipts
{
    internal static async Task<Receipt> IssueAsync(Write write, Payment payment, Refund? refund)
    {
        var refundId = refund?.Id;
        if (await write.Db.Receipts.SingleOrDefaultAsync(r => r.PaymentId == payment.Id && r.RefundId == refundId) is { } issued)
            return issued;
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{(payment.Mode == Mode.Test ? "TEST-" : "")}{write.Now.UtcDateTime:yyyy}");
        await write.HoldAsync($"receipts {name}");
        var series = await write.Db.ReceiptSeries.SingleOrDefaultAsync(s => s.Name == name);
        if (series is null)
            write.Db.ReceiptSeries.Add(series = new ReceiptSeries(name));
        var number = string.Create(CultureInfo.InvariantCulture, $"{name}-{series.Next():D6}");
        var receipt = new Receipt(number, payment, refund, await write.Db.SaleTerms.SingleAsync(), write.Now);
        write.Db.Receipts.Add(receipt);
        await write.SaveAsync();
        return receipt;
    }
}
