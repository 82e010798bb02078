using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>Calls of payment companies at the door: signed or not, again and again, worked after.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private const string Secret = "the webhooks' own secret";
    private static readonly string[] Razorpay =
    [
        "Payments:RazorpayId=rzp_test_abcdefgh", "Payments:RazorpaySecret=the key's secret", $"Payments:RazorpayWebhookSecret={Secret}",
        "Payments:RazorpayOldWebhookSecret=the secret of last month",
    ];

    private Shop _shop = null!;
    private PlainBrowser _company = null!;

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync(Engine.Sqlite, Razorpay);
        _company = _shop.Site.NewBrowser("198.51.100.30");
    }

    public async Task DisposeAsync()
    {
        _company.Dispose();
        await _shop.DisposeAsync();
    }

    [Theory]
    [InlineData(Secret, "test", HttpStatusCode.OK)]
    [InlineData("the secret of last month", "test", HttpStatusCode.OK)]
    [InlineData("the key's secret", "test", HttpStatusCode.Unauthorized)]
    [InlineData("another secret", "test", HttpStatusCode.Unauthorized)]
    [InlineData(Secret, "live", HttpStatusCode.NotFound)]
    [InlineData(Secret, "0", HttpStatusCode.NotFound)]
    [InlineData(Secret, "nonsense", HttpStatusCode.NotFound)]
    public async Task Only_the_right_secret_at_the_right_address_is_heard(string secret, string mode, HttpStatusCode status)
    {
        var answer = await CallAsync(Event("payment.captured"), secret, mode);

        Assert.Equal(status, answer.Status);
        var kept = await _shop.Site.ReadAsync(db => db.Webhooks.Where(w => w.State == WebhookState.Waiting).CountAsync());
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, kept);
    }

    [Fact]
    public async Task One_flipped_byte_is_a_forgery_and_an_admin_sees_that_there_was_one()
    {
        var body = Event("payment.captured");
        var signature = Signature.Of(Secret, body);
        body[^3] ^= 1;

        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(body, Secret, "test", signature)).Status);

        var row = await _shop.Site.ReadAsync(db => db.Webhooks.SingleAsync());
        Assert.Equal((WebhookState.Rejected, 0), (row.State, row.Body.Length));
        using var admin = await _shop.Site.AdminAsync();
        Assert.Contains("A call came with a signature that does not fit", (await admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_call_is_kept_once_and_any_words_are_read_as_bytes()
    {
        var body = Shop.Json(new { @event = "invoice.paid", note = "₹ é नमस्ते", payload = new { } });

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(body, Secret, "test", id: "evt_1")).Status);
        await _shop.WorkAsync();

        var row = await _shop.Site.ReadAsync(db => db.Webhooks.SingleAsync());
        Assert.Equal((WebhookState.Done, "nothing to do", "invoice.paid"), (row.State, row.Result, row.Event));
        Assert.Equal(body, row.Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"event\":5,\"payload\":[]}")]
    [InlineData("{\"event\":\"payment.captured\",\"payload\":{\"payment\":{\"entity\":{\"id\":\"pay_1\",\"amount\":\"many\"}}}}")]
    [InlineData("not json at all")]
    public async Task Whatever_is_signed_is_answered_well(string body)
    {
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(System.Text.Encoding.UTF8.GetBytes(body), Secret, "test")).Status);
        await _shop.WorkAsync();

        Assert.Equal(WebhookState.Done, (await _shop.Site.ReadAsync(db => db.Webhooks.SingleAsync())).State);
    }

    [Fact]
    public async Task Too_much_is_not_read()
    {
        var answer = await CallAsync(new byte[Inbox.BodyBytesMax + 1], Secret, "test");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    private static byte[] Event(string name) => Shop.Json(new
    {
        entity = "event",
        @event = name,
        payload = new { payment = new { entity = new { id = "pay_1", amount = 100, currency = "INR", status = "captured", notes = Array.Empty<string>() } } },
    });

    private async Task<Answer> CallAsync(byte[] body, string secret, string mode, string? signature = null, string? id = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/payments/razorpay/{mode}") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Razorpay-Signature", signature ?? Signature.Of(secret, body));
        if (id is not null)
            request.Headers.Add("x-razorpay-event-id", id);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return await _company.SendAsync(request);
    }
}
