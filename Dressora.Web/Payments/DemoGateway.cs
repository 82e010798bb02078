using System.Text.Json;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Payments;

/// <summary>
/// A checkout without money on a page of our own. It signs as Razorpay does and is believed no more than Razorpay is, so
/// that whoever tries it has tried the real way.
/// </summary>
public sealed class DemoGateway(DemoBooks books, IOptionsMonitor<PaymentOptions> options, IOptionsMonitor<SiteOptions> site) : IGateway
{
    public const string SignatureHeader = "x-razorpay-signature";
    public const string EventHeader = "x-razorpay-event-id";
    internal const string PaymentField = "payment";
    internal const string SignatureField = "signature";
    internal const string Own = "demo";

    private static readonly GatewayTraits Rehearsal = new("Demo", Mode.Test, IsRehearsal: true, CanResume: true, ComesBack: true);

    public string Name => Own;

    /// <summary>Nobody plays shop beside a real one.</summary>
    public GatewayTraits? Traits => options.CurrentValue is { Demo: true } set && !set.RazorpayId.StartsWith("rzp_live_", StringComparison.Ordinal)
        ? Rehearsal
        : null;

    public async Task<Told<CheckoutStart>> StartAsync(CheckoutAsk ask, CancellationToken cancel)
    {
        var order = ask.Order;
        var id = IdOf(order);
        await books.ChangeAsync(id, async write =>
        {
            if (!await write.Db.DemoRecords.AnyAsync(r => r.Id == id))
            {
                write.Db.DemoRecords.Add(order.Kind == OrderKind.Plan
                    ? new DemoRecord(id, DemoKind.Subscription, order.Period.ToString()!, order.Number, nameof(SubscriptionState.Waiting), order.Price, write.Now)
                    : new DemoRecord(id, DemoKind.Checkout, "", order.Number, "", order.Price, write.Now));
            }

            return true;
        });
        return new CheckoutStart(id, site.CurrentValue.At("/demo/" + order.Number).ToString());
    }

    public async Task<ReturnRead> ReadReturnAsync(Order order, IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue(PaymentField, out var payment) || !fields.TryGetValue(SignatureField, out var given))
            return ReturnRead.Silent;
        return Signature.Fits(Signature.OfOrder(await books.SecretAsync(), IdOf(order), payment), given) ? ReturnRead.Proven : ReturnRead.Forged;
    }

    public async Task<WebhookRead> ReadWebhookAsync(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        if (!Signature.Fits([await books.SecretAsync()], body.Span, headers.GetValueOrDefault(SignatureHeader)))
            return new WebhookRead.Rejected("The signature does not fit.");
        var said = JsonSerializer.Deserialize<DemoEvent>(body.Span)!;
        return new WebhookRead.Said(headers.GetValueOrDefault(EventHeader) ?? Signature.Of("", body.Span), said.Event, said.Facts);
    }

    public async Task<Told<IReadOnlyList<Fact>>> LookAtOrderAsync(Order order, CancellationToken cancel)
    {
        var facts = (await books.UnderAsync(IdOf(order), DemoKind.Payment, cancel)).Select(DemoBooks.FactOf);
        if (order.Kind == OrderKind.Plan && await books.FindAsync(IdOf(order), cancel) is { } plan)
            facts = facts.Prepend(DemoBooks.FactOf(plan));
        return new(facts.ToList(), null);
    }

    public async Task<Told<IReadOnlyList<Fact>>> LookAtPaymentAsync(string paymentId, CancellationToken cancel)
    {
        if (await books.FindAsync(paymentId, cancel) is not { Kind: DemoKind.Payment } payment)
            return new GatewayFault("unknown", "There is no such payment.", IsFinal: true);
        var refunds = await books.UnderAsync(paymentId, DemoKind.Refund, cancel);
        return new([DemoBooks.FactOf(payment), .. refunds.Select(DemoBooks.FactOf)], null);
    }

    public async Task<Told<IReadOnlyList<Fact>>> LookAtSubscriptionAsync(Subscription subscription, CancellationToken cancel)
    {
        await books.RenewAsync(subscription.ExternalId);
        if (await books.FindAsync(subscription.ExternalId, cancel) is not { } plan)
            return new GatewayFault("unknown", "There is no such plan.", IsFinal: true);
        var paid = await books.UnderAsync(subscription.ExternalId, DemoKind.Payment, cancel);
        return new([.. paid.Select(DemoBooks.FactOf), DemoBooks.FactOf(plan)], null);
    }

    public async Task<Told<FactPage>> ListAsync(DateTimeOffset since, int page, CancellationToken cancel) =>
        await books.SinceAsync(since, page, cancel);

    public async Task<Told<RefundFact>> RefundAsync(Payment payment, Refund refund, CancellationToken cancel) => (RefundFact)DemoBooks.FactOf(
        await books.ChangeAsync(payment.ExternalId, async write =>
        {
            var made = await write.Db.DemoRecords.SingleOrDefaultAsync(r => r.Kind == DemoKind.Refund && r.Number == refund.Key);
            if (made is null)
            {
                write.Db.DemoRecords.Add(made = new DemoRecord(
                    DemoBooks.NewId("drfn"), DemoKind.Refund, payment.ExternalId, refund.Key, nameof(RefundState.Succeeded),
                    new Money(refund.Amount, payment.Currency), write.Now));
            }

            return made;
        }));

    public async Task<Told<SubscriptionFact>> TellAsync(Subscription subscription, Wish wish, CancellationToken cancel)
    {
        var told = await books.ChangeAsync(subscription.ExternalId, async write =>
        {
            var plan = await write.Db.DemoRecords.SingleOrDefaultAsync(r => r.Id == subscription.ExternalId);
            if (plan is not null && plan.State != nameof(SubscriptionState.Ended))
                plan.Turn(plan.EndsAt is null ? nameof(SubscriptionState.Ended) : wish == Wish.Cancel ? DemoBooks.Ending : nameof(SubscriptionState.Active));
            return plan;
        });
        return told is null ? new GatewayFault("unknown", "There is no such plan.", IsFinal: true) : (SubscriptionFact)DemoBooks.FactOf(told);
    }

    public Task<GatewayFault?> TestKeyAsync(CancellationToken cancel) => Task.FromResult<GatewayFault?>(null);

    internal static string IdOf(Order order) => (order.Kind == OrderKind.Plan ? "dsub_" : "dpl_") + order.Number;
}

/// <summary>What the demo sends: the facts as they are.</summary>
internal sealed record DemoEvent(string Event, IReadOnlyList<Fact> Facts);
