using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Harness;

/// <summary>
/// Razorpay on a port of this machine, with its shapes and quirks: notes are a list when there are none, renewals also come
/// as plain payments, order ids lose their prefix in calls about links.
/// </summary>
public sealed class RazorpaySimulator : IAsyncDisposable
{
    public const string KeyId = "rzp_test_Simulated";
    public const string KeySecret = "the secret of the key";
    public const string WebhookSecret = "the secret of the webhooks";

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private int _numbers;

    private RazorpaySimulator(WebApplication app, Uri address, TimeProvider clock) => (_app, Address, _clock) = (app, address, clock);

    public Uri Address { get; }
    public ConcurrentDictionary<string, JsonObject> Things { get; } = new();
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The next answers are these instead; 0 does what was asked and breaks the line.</summary>
    public ConcurrentQueue<int> Misdeeds { get; } = new();

    public string[] Settings =>
    [
        $"Payments:RazorpayId={KeyId}", $"Payments:RazorpaySecret={KeySecret}", $"Payments:RazorpayWebhookSecret={WebhookSecret}",
        $"Payments:RazorpayAddress={Address}", "Payments:Demo=false",
    ];

    public static async Task<RazorpaySimulator> OpenAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var address = new Uri($"http://127.0.0.1:{Site.FreePort()}/");
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var simulator = new RazorpaySimulator(app, address, clock);
        app.Run(simulator.AnswerAsync);
        await app.StartAsync();
        return simulator;
    }

    /// <summary>Somebody pays a link: the payment, as they would tell of it.</summary>
    public JsonObject Pay(string linkId, string status = "captured", long? amount = null, string? currency = null, bool withNotes = true)
    {
        var link = Things[linkId];
        var payment = Put("pay", "payment", new JsonObject
        {
            ["amount"] = amount ?? (long)link["amount"]!, ["currency"] = currency ?? (string)link["currency"]!, ["status"] = status,
            ["order_id"] = Id("order"), ["invoice_id"] = null, ["method"] = "card", ["amount_refunded"] = 0, ["refund_status"] = null,
            ["captured"] = status == "captured", ["fee"] = null, ["tax"] = null, ["acquirer_data"] = new JsonObject(), ["unheard_of"] = new JsonArray(1),
            ["notes"] = withNotes ? link["notes"]!.DeepClone() : new JsonArray(),
        });
        if (status == "captured")
        {
            link["status"] = "paid";
            link["payments"] = new JsonArray(new JsonObject { ["payment_id"] = (string)payment["id"]!, ["status"] = "captured" });
        }

        return payment;
    }

    /// <summary>A period of a plan is paid: the payment, and the call that says of which plan it is.</summary>
    public (JsonObject Payment, byte[] Call) Charge(string subscriptionId, DateTimeOffset from, DateTimeOffset to)
    {
        var plan = Things[subscriptionId];
        var item = Things[(string)plan["plan_id"]!]["item"]!;
        (plan["status"], plan["current_start"], plan["current_end"]) = ("active", from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        var invoiceId = Id("inv");
        var payment = Put("pay", "payment", new JsonObject
        {
            ["amount"] = (long)item["amount"]!, ["currency"] = (string)item["currency"]!, ["status"] = "captured", ["order_id"] = Id("order"),
            ["invoice_id"] = invoiceId, ["captured"] = "1", ["notes"] = new JsonArray(), ["description"] = "Recurring Payment via Subscription",
        });
        Things[invoiceId] = new JsonObject
        {
            ["id"] = invoiceId, ["entity"] = "invoice", ["subscription_id"] = subscriptionId, ["payment_id"] = (string)payment["id"]!, ["status"] = "paid",
            ["amount_paid"] = (long)item["amount"]!, ["currency"] = (string)item["currency"]!,
            ["billing_start"] = from.ToUnixTimeSeconds(), ["billing_end"] = to.ToUnixTimeSeconds(),
        };
        return (payment, Call("subscription.charged", ("subscription", plan), ("payment", payment)));
    }

    /// <summary>A call's body, as bytes.</summary>
    public byte[] Call(string name, params (string Name, JsonObject Entity)[] parts) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["entity"] = "event", ["account_id"] = "acc_Simulated00000", ["event"] = name,
        ["contains"] = new JsonArray([.. parts.Select(part => (JsonNode)part.Name)]),
        ["payload"] = new JsonObject(parts.Select(part =>
            KeyValuePair.Create(part.Name, (JsonNode?)new JsonObject { ["entity"] = part.Entity.DeepClone() }))),
        ["created_at"] = _clock.GetUtcNow().ToUnixTimeSeconds(),
    }.ToJsonString());

    /// <summary>The call about a paid link, whose order has lost its prefix.</summary>
    public byte[] LinkPaid(string linkId, JsonObject payment)
    {
        var link = (JsonObject)Things[linkId].DeepClone();
        link["notes"] = null;
        return Call(
            "payment_link.paid", ("payment_link", link),
            ("order", new JsonObject { ["id"] = ((string)payment["order_id"]!)["order_".Length..], ["status"] = "paid", ["notes"] = new JsonArray() }),
            ("payment", payment));
    }

    /// <summary>Where the browser is sent after it paid a link.</summary>
    public string Return(string linkId, JsonObject payment)
    {
        var link = Things[linkId];
        var (reference, id) = ((string)link["reference_id"]!, (string)payment["id"]!);
        return $"{new Uri((string)link["callback_url"]!).AbsolutePath}?razorpay_payment_id={id}&razorpay_payment_link_id={linkId}"
            + $"&razorpay_payment_link_reference_id={reference}&razorpay_payment_link_status=paid"
            + $"&razorpay_signature={Sign(KeySecret, Encoding.UTF8.GetBytes($"{linkId}|{reference}|paid|{id}"))}";
    }

    public static string Sign(string secret, byte[] message)
    {
        using var mac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return string.Concat(mac.ComputeHash(message).Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
    }

    public JsonObject Put(string prefix, string entity, JsonObject thing)
    {
        (thing["id"], thing["entity"], thing["created_at"]) = (Id(prefix), entity, _clock.GetUtcNow().ToUnixTimeSeconds());
        return Things[(string)thing["id"]!] = thing;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Id(string prefix) => $"{prefix}_{Interlocked.Increment(ref _numbers):D14}";

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!["/v1/".Length..];
        Asked.Enqueue($"{http.Request.Method} {path}");
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{KeyId}:{KeySecret}"));
        var isLost = Misdeeds.TryDequeue(out var misdeed) && misdeed == 0;
        if (misdeed > 0 || http.Request.Headers.Authorization != expected)
        {
            await RefuseAsync(http, misdeed > 0 ? misdeed : 401, "Authentication failed");
            return;
        }

        var asked = body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
        var (status, answer) = Route(http, path, asked);
        if (isLost)
            http.Abort();
        else if (status >= 400)
            await RefuseAsync(http, status, (string)answer["error"]!);
        else
            await http.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Status, JsonObject Answer) Route(HttpContext http, string path, JsonObject asked) => (http.Request.Method, path.Split('/')) switch
    {
        ("POST", ["payment_links"]) => Link(asked),
        ("GET", ["payment_links"]) => (200, new JsonObject { ["payment_links"] = All("plink", "reference_id", http.Request.Query["reference_id"]!) }),
        ("POST", ["plans"]) => (200, Put("plan", "plan", asked)),
        ("POST", ["subscriptions"]) => Plan(asked),
        ("POST", ["subscriptions", var id, "cancel"]) => (200, Things[id]),
        ("POST", ["payments", var id, "refund"]) => Refund(id, asked, http.Request.Headers["X-Refund-Idempotency"].ToString()),
        ("GET", ["payments", var id, "refunds"]) => (200, List(All("rfnd", "payment_id", id))),
        ("GET", ["payments"]) => (200, List(All("pay", "entity", "payment"))),
        ("GET", ["refunds"]) => (200, List(All("rfnd", "entity", "refund"))),
        ("GET", ["invoices"]) => (200, List(All("inv", "subscription_id", http.Request.Query["subscription_id"]!))),
        ("GET", [_, var id]) when Things.TryGetValue(id, out var thing) => (200, thing),
        _ => (400, new JsonObject { ["error"] = "The requested URL was not found on the server." }),
    };

    private (int Status, JsonObject Answer) Link(JsonObject asked)
    {
        if (Things.Values.Any(thing => (string?)thing["reference_id"] == (string?)asked["reference_id"]))
            return (400, new JsonObject { ["error"] = "payment link creation with reference ID already attempted" });
        (asked["status"], asked["payments"], asked["short_url"]) = ("created", null, $"https://rzp.io/rzp/{Id("s")}");
        return (200, Put("plink", "payment_link", asked));
    }

    private (int Status, JsonObject Answer) Plan(JsonObject asked)
    {
        (asked["status"], asked["current_start"], asked["current_end"], asked["short_url"]) = ("created", null, null, $"https://rzp.io/rzp/{Id("s")}");
        return (200, Put("sub", "subscription", asked));
    }

    private (int Status, JsonObject Answer) Refund(string id, JsonObject asked, string key)
    {
        if (key.Length < 10)
            return (400, new JsonObject { ["error"] = "The idempotency key is too short." });
        if (Things.Values.FirstOrDefault(thing => (string?)thing["idempotency"] == key) is { } same)
            return (200, same);
        var payment = Things[id];
        if ((long)asked["amount"]! > (long)payment["amount"]!)
            return (400, new JsonObject { ["error"] = "The refund amount provided is greater than amount captured" });
        (asked["payment_id"], asked["status"], asked["currency"], asked["idempotency"]) = (id, "processed", (string)payment["currency"]!, key);
        return (200, Put("rfnd", "refund", asked));
    }

    private JsonArray All(string prefix, string name, string value) => new([.. Things.Values
        .Where(thing => ((string)thing["id"]!).StartsWith(prefix + "_", StringComparison.Ordinal) && (string?)thing[name] == value)
        .Select(thing => thing.DeepClone())]);

    private static JsonObject List(JsonArray items) => new() { ["entity"] = "collection", ["count"] = items.Count, ["items"] = items };

    private static async Task RefuseAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { code = status < 500 ? "BAD_REQUEST_ERROR" : "SERVER_ERROR", description = text } }));
    }
}
