using System.Security.Cryptography;

namespace Dressora.Web.Payments.Razorpay;

/// <summary>Razorpay: Payment Links for what is bought once, subscriptions for plans.</summary>
internal sealed class RazorpayGateway(RazorpayLine line, RazorpayLinks links, RazorpayPlans plans) : IGateway
{
    private const int PageRows = 100;
    private const string LivePrefix = "rzp_live_";

    public string Name => "razorpay";

    /// <summary>Its plans' pages do not send anybody back, and what was told to end cannot be told to go on.</summary>
    public GatewayTraits? Traits => line.Options.RazorpayId is { Length: > 0 } id
        ? new("Razorpay", id.StartsWith(LivePrefix, StringComparison.Ordinal) ? Mode.Live : Mode.Test, IsRehearsal: false, CanResume: false, ComesBack: true)
        : null;

    public Task<Told<CheckoutStart>> StartAsync(CheckoutAsk ask, CancellationToken cancel) =>
        ask.Order.Kind == OrderKind.Plan ? plans.StartAsync(ask, cancel) : links.StartAsync(ask, cancel);

    public Task<ReturnRead> ReadReturnAsync(Order order, IReadOnlyDictionary<string, string> fields)
    {
        string Field(string name) => fields.GetValueOrDefault("razorpay_" + name) ?? "";
        if (Field("signature").Length == 0)
            return Task.FromResult(ReturnRead.Silent);
        // Of what was to be paid, our own row's name counts and not the browser's.
        var expected = Signature.OfLink(
            line.Options.RazorpaySecret, order.ExternalId ?? "", Field("payment_link_reference_id"), Field("payment_link_status"), Field("payment_id"));
        return Task.FromResult(Signature.Fits(expected, Field("signature")) ? ReturnRead.Proven : ReturnRead.Forged);
    }

    public Task<WebhookRead> ReadWebhookAsync(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        var options = line.Options;
        var fits = Signature.Fits(
            [options.RazorpayWebhookSecret, options.RazorpayOldWebhookSecret], body.Span, headers.GetValueOrDefault("x-razorpay-signature"));
        if (!fits)
            return Task.FromResult<WebhookRead>(new WebhookRead.Rejected("The signature does not fit."));
        var id = headers.GetValueOrDefault("x-razorpay-event-id") is { Length: > 0 and <= 200 } given
            ? given
            : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var read = Loose.Read(body);
        return Task.FromResult<WebhookRead>(new WebhookRead.Said(
            id, read?.Text("event") ?? "unreadable", read is { } said ? RazorpayWords.Facts(said) : []));
    }

    public Task<Told<IReadOnlyList<Fact>>> LookAtOrderAsync(Order order, CancellationToken cancel) =>
        order.Kind == OrderKind.Plan ? plans.LookAsync(order.ExternalId!, cancel) : links.LookAsync(order, cancel);

    public async Task<Told<IReadOnlyList<Fact>>> LookAtPaymentAsync(string paymentId, CancellationToken cancel)
    {
        var told = await line.GetAsync("payments/" + paymentId, cancel);
        if (told.Value is not { } payment)
            return told.Fault!;
        var fact = RazorpayWords.Payment(payment.Body);
        if (fact is not null && payment.Body.Text("invoice_id") is { } invoiceId)
        {
            var invoice = await line.GetAsync("invoices/" + invoiceId, cancel);
            if (invoice.Value?.Body is { } of && of.Text("subscription_id") is { } plan)
                fact = fact with { OrderId = null, SubscriptionId = plan, StartsAt = of.Instant("billing_start"), EndsAt = of.Instant("billing_end") };
        }

        var refunds = await line.GetAsync($"payments/{paymentId}/refunds?count={PageRows}", cancel);
        if (refunds.Value is not { } list)
            return refunds.Fault!;
        return new(Facts([fact, .. list.Body.Items("items").Select(refund => RazorpayWords.Refund("", refund))]), null);
    }

    public Task<Told<IReadOnlyList<Fact>>> LookAtSubscriptionAsync(Subscription subscription, CancellationToken cancel) =>
        plans.LookAsync(subscription.ExternalId, cancel);

    public async Task<Told<FactPage>> ListAsync(DateTimeOffset since, int page, CancellationToken cancel)
    {
        var range = $"?from={since.ToUnixTimeSeconds()}&count={PageRows}&skip={page * PageRows}";
        var payments = await line.GetAsync("payments" + range, cancel);
        if (payments.Value is not { } paid)
            return payments.Fault!;
        var refunds = await line.GetAsync("refunds" + range, cancel);
        if (refunds.Value is not { } back)
            return refunds.Fault!;
        var (ins, outs) = (paid.Body.Items("items").ToList(), back.Body.Items("items").ToList());
        var facts = Facts([
            .. ins.Where(payment => payment.Text("invoice_id") is null).Select(RazorpayWords.Payment),
            .. outs.Select(refund => RazorpayWords.Refund("", refund))]);
        return new FactPage(facts, ins.Count == PageRows || outs.Count == PageRows);
    }

    public async Task<Told<RefundFact>> RefundAsync(Payment payment, Refund refund, CancellationToken cancel)
    {
        var told = await line.PostAsync(
            $"payments/{payment.ExternalId}/refund",
            new { amount = refund.Amount, speed = "normal", notes = new { key = refund.Key } },
            cancel, refund.Key);
        return told.Value is { } made && RazorpayWords.Refund("", made.Body) is { } fact ? fact : told.Fault ?? RazorpayLinks.Strange;
    }

    public async Task<Told<SubscriptionFact>> TellAsync(Subscription subscription, Wish wish, CancellationToken cancel) => wish == Wish.Cancel
        ? await plans.CancelAsync(subscription.ExternalId, cancel)
        : new GatewayFault("no_resume", "Razorpay does not take a cancellation back.", IsFinal: true);

    public async Task<GatewayFault?> TestKeyAsync(CancellationToken cancel) => (await line.GetAsync("payments?count=1", cancel)).Fault;

    private static List<Fact> Facts(IEnumerable<Fact?> facts) => [.. facts.OfType<Fact>()];
}
