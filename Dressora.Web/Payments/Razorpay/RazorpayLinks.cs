using System.Globalization;
using System.Text.Json;

namespace Dressora.Web.Payments.Razorpay;

/// <summary>Payment Links: a page of theirs without any script of ours, one for each order, by the order's number.</summary>
internal sealed class RazorpayLinks(RazorpayLine line, TimeProvider clock)
{
    private static readonly TimeSpan OpenMin = TimeSpan.FromMinutes(20);

    internal async Task<Told<CheckoutStart>> StartAsync(CheckoutAsk ask, CancellationToken cancel)
    {
        var order = ask.Order;
        var least = clock.GetUtcNow() + OpenMin;
        var told = await line.PostAsync(
            "payment_links",
            new Dictionary<string, object>
            {
                ["amount"] = order.Amount,
                ["currency"] = order.Currency,
                ["accept_partial"] = false,
                ["reference_id"] = order.Number,
                ["description"] = ask.Title,
                ["customer"] = new { email = ask.Email },
                ["notify"] = new { sms = false, email = false },
                ["reminder_enable"] = false,
                ["expire_by"] = (order.ExpiresAt > least ? order.ExpiresAt : least).ToUnixTimeSeconds(),
                ["callback_url"] = ask.ReturnAddress.ToString(),
                ["callback_method"] = "get",
                ["notes"] = Notes(order),
            },
            cancel);
        if (told.Fault is { IsFinal: true } fault && fault.Message.Contains("reference", StringComparison.OrdinalIgnoreCase))
            return await FoundAsync(order, fault, cancel);
        return told.Value is { } made && Start(made.Body) is { } start ? start : told.Fault ?? Strange;
    }

    internal async Task<Told<IReadOnlyList<Fact>>> LookAsync(Order order, CancellationToken cancel)
    {
        var told = await line.GetAsync("payment_links/" + order.ExternalId, cancel);
        if (told.Value is not { } link)
            return told.Fault!;
        var facts = new List<Fact>();
        foreach (var id in link.Body.Items("payments").Select(paid => paid.Text("payment_id")).OfType<string>())
        {
            var looked = await line.GetAsync("payments/" + id, cancel);
            if (looked.Value is not { } payment)
                return looked.Fault!;
            if (RazorpayWords.Payment(payment.Body) is { } fact)
                facts.Add(fact with { OrderId = order.ExternalId, Number = order.Number });
        }

        return facts;
    }

    internal static GatewayFault Strange { get; } = new("strange", "Razorpay answered something else than was asked.", IsFinal: false);

    internal static Dictionary<string, string> Notes(Order order) => new()
    {
        ["order"] = order.Number,
        ["person"] = order.UserId.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>It was made before, and we did not hear the answer.</summary>
    private async Task<Told<CheckoutStart>> FoundAsync(Order order, GatewayFault fault, CancellationToken cancel)
    {
        var told = await line.GetAsync("payment_links?reference_id=" + order.Number, cancel);
        var links = told.Value?.Body.Items("payment_links").Concat(told.Value.Body.Items("items")) ?? [];
        foreach (var link in links.Where(link => link.Text("reference_id") == order.Number && link.Whole("amount") == order.Amount))
        {
            if (Start(link) is { } start)
                return start;
        }

        return fault;
    }

    private static CheckoutStart? Start(JsonElement link) =>
        link.Text("id") is { } id && link.Text("short_url") is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
            ? new CheckoutStart(id, address)
            : null;
}
