using Dressora.Web.Payments;
using Xunit;

namespace Dressora.Tests.Pages.Pricing;

public sealed class ExchangeTests
{
    /// <summary>Two and three quarter cents.</summary>
    private const long Rate = 275;

    [Theory]
    [InlineData(100, 275)]
    [InlineData(727, 1999)]
    [InlineData(200, 550)]
    [InlineData(201, 553)]
    [InlineData(18_182, 50_001)]
    [InlineData(90_000, 247_500)]
    public void Credits_cost_two_and_three_quarter_cents_each_and_half_a_cent_rounds_up(long credits, long cents) =>
        Assert.Equal(cents, Exchange.CentsFor(credits, Rate));

    [Theory]
    [InlineData("5.50", 200)]
    [InlineData("5.511", 200)]
    [InlineData("5.5137", 200)]
    [InlineData("5.5138", 201)]
    [InlineData("19.99", 727)]
    [InlineData("2475", 90_000)]
    [InlineData("0", 0)]
    public void An_amount_buys_the_nearest_number_and_half_a_credit_rounds_up(string price, long credits) =>
        Assert.Equal(credits, Exchange.CreditsFor(Exchange.Parse(price)!.Value, Rate));

    [Theory]
    [InlineData("200.4", 200)]
    [InlineData("200.5", 201)]
    [InlineData("200.49999", 200)]
    [InlineData("0.5", 1)]
    public void Parts_of_a_credit_are_rounded(string typed, long credits) =>
        Assert.Equal(credits, Exchange.WholeOf(Exchange.Parse(typed)!.Value));

    [Theory]
    [InlineData("1000", 1000_0000)]
    [InlineData("1,000", 1000_0000)]
    [InlineData("1 000", 1000_0000)]
    [InlineData("1\u00a0000", 1000_0000)]
    [InlineData("1\u202f000,5", 1000_5000)]
    [InlineData("1,000.5", 1000_5000)]
    [InlineData("1.000,5", 1000_5000)]
    [InlineData("90,000", 90_000_0000)]
    [InlineData("19,99", 19_9900)]
    [InlineData("19.99", 19_9900)]
    [InlineData(".5", 5000)]
    [InlineData("5.", 5_0000)]
    [InlineData(" 7 ", 7_0000)]
    [InlineData("0.00019", 1)]
    public void A_number_is_read_as_people_write_it_in_any_language(string typed, long amount) =>
        Assert.Equal(amount, Exchange.Parse(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData(",")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1e3")]
    [InlineData("five")]
    [InlineData("0x10")]
    [InlineData("٥٠٠")]
    [InlineData("$5")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_is_none(string? typed) => Assert.Null(Exchange.Parse(typed));

    [Fact]
    public void Every_number_on_sale_survives_the_way_to_its_price_and_back() =>
        Assert.All(Enumerable.Range(Exchange.CreditsMin, Exchange.CreditsMax - Exchange.CreditsMin + 1), credits =>
        {
            var cents = Exchange.CentsFor(credits, Rate);
            Assert.Equal(credits, Exchange.CreditsFor(cents * 100, Rate));
            Assert.Equal((long)Math.Round(credits * 2.75m, MidpointRounding.AwayFromZero), cents);
        });

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(90_000, true)]
    [InlineData(90_001, false)]
    public void Only_what_is_on_sale_is_sold(long credits, bool sold) => Assert.Equal(sold, Exchange.IsSold(credits));
}
