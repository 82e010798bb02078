using System.Text;
using Dressora.Web.Payments;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>The vectors that Razorpay's own clients are tested with, and some of ours.</summary>
public sealed class SignatureTests
{
    private const string KeySecret = "EnLs21M47BllR3X8PSFtjtbd";

    private const string WebhookBody = """
        {
          "event": "payment.authorized",
          "entity": "event",
          "contains": [
            "payment"
          ],
          "payload": {
            "payment": {
              "entity": {
                "id": "pay_6koWN7bvxujzxM",
                "entity": "payment",
                "amount": 1000000,
                "currency": "INR",
                "status": "captured",
                "order_id": "order_100000000order",
                "international": false,
                "method": "card",
                "amount_refunded": 0,
                "refund_status": null,
                "captured": true,
                "description": "random description",
                "card_id": "card_6koWNAT6LASUqy",
                "bank": null,
                "wallet": null,
                "vpa": null,
                "email": "a@b.com",
                "contact": "+919999999999",
                "notes": {
                  "merchant_order_id": "random order id"
                },
                "fee": 23000,
                "service_tax": 3000,
                "error_code": null,
                "error_description": null,
                "created_at": 1479978483
              }
            }
          },
          "created_at": 1400826760
        }
        """;

    [Theory]
    [InlineData("123456", "{\"a\":1,\"b\":2,\"c\":{\"d\":3}}", "2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc")]
    [InlineData("chosen_webhook_secret", "order_123456789|pay_1234567890", "0c24222f628d6c36a0bd4604537228b9bae972d3986dc89172c60abafbd3c232")]
    [InlineData("whsec_demo", "{\"event\":\"invoice.paid\",\"currency_symbol\":\"₹\",\"note\":\"é\"}", "faa5ae5dc87a05467403c4b867f57ff238db19707c5fff2efd949bb8cb55b048")]
    public void Bodies_are_signed_over_their_bytes(string secret, string body, string expected) =>
        Assert.Equal(expected, Signature.Of(secret, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_body_is_signed_with_its_last_newline_or_without()
    {
        var body = WebhookBody.ReplaceLineEndings("\n");

        Assert.Equal(971, Encoding.UTF8.GetByteCount(body + "\n"));
        Assert.Equal("d60e67fd884556c045e9be7dad57903e33efc7172c17c6e3ef77db42d2b366e9", Signature.Of("key_secret", Encoding.UTF8.GetBytes(body + "\n")));
        Assert.Equal("0971cde1d9216765d9aa72c766aef4a913fedfd2d36cc05cbca5de1ef90c12e4", Signature.Of("key_secret", Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Each_way_of_paying_has_its_own_order_of_names()
    {
        Assert.Equal(
            "0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f",
            Signature.OfOrder(KeySecret, "order_IEIaMR65cu6nz3", "pay_IH4NVgf4Dreq1l"));
        Assert.Equal(
            "b2335e3b0801106b84a7faff035df56ecffde06918c9ddd1f0fafbb37a51cc89", Signature.OfOrder("key_secret", "fake_order_id", "fake_payment_id"));
        Assert.Equal(
            "601f383334975c714c91a7d97dd723eb56520318355863dcf3821c0d07a17693",
            Signature.OfSubscription(KeySecret, "pay_IDZNwZZFtnjyym", "sub_ID6MOhgkcoHj9I"));
        Assert.Equal(
            "07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b",
            Signature.OfLink(KeySecret, "plink_IH3cNucfVEgV68", "TSsd1989", "paid", "pay_IH3d0ara9bSsjQ"));
        Assert.Equal(
            "c5bee2f9790eb6b176824e0213f18cfb91b6118a104c6158e5fdedc6298b63e4", Signature.OfLink("key_secret", "plink_A", "", "paid", "pay_B"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sdfafds")]
    [InlineData("test_signature")]
    [InlineData("2FE04E22977002E6C7CB553ADAB8B460CB9E2A4970D5953CB27A8472752E3BBC")]
    [InlineData("2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbd")]
    public void Nothing_else_fits(string? given) =>
        Assert.False(Signature.Fits(["123456", ""], Encoding.UTF8.GetBytes("{\"a\":1,\"b\":2,\"c\":{\"d\":3}}"), given));

    [Fact]
    public void The_old_secret_fits_as_the_new_one_does_and_an_empty_one_never()
    {
        var body = Encoding.UTF8.GetBytes("{}");

        Assert.True(Signature.Fits(["new", "old"], body, Signature.Of("old", body)));
        Assert.True(Signature.Fits(["new", "old"], body, Signature.Of("new", body)));
        Assert.False(Signature.Fits(["new", ""], body, Signature.Of("", body)));
    }
}
