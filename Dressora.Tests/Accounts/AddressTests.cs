using Dressora.Web.Accounts;
using Xunit;

namespace Dressora.Tests.Accounts;

public sealed class AddressTests
{
    [Theory]
    [InlineData("asha@example.org", "asha@example.org", "ASHA@EXAMPLE.ORG")]
    [InlineData("  Asha+tag@Example.org\t", "Asha+tag@Example.org", "ASHA+TAG@EXAMPLE.ORG")]
    [InlineData("o'brien@example.org", "o'brien@example.org", "O'BRIEN@EXAMPLE.ORG")]
    [InlineData("root@localhost", "root@localhost", "ROOT@LOCALHOST")]
    [InlineData("jose\u0301@example.org", "jos\u00E9@example.org", "JOS\u00C9@EXAMPLE.ORG")]
    [InlineData("अशा@example.org", "अशा@example.org", "अशा@EXAMPLE.ORG")]
    public void What_reads_as_one_is_kept_as_typed_and_compared_folded(string typed, string email, string normalized) =>
        Assert.Equal(new Address(email, normalized), Address.Read(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("asha")]
    [InlineData("@example.org")]
    [InlineData("asha@")]
    [InlineData("a@b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a\u00A0b@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("a@example.org\nb")]
    [InlineData("Asha <a@example.org>")]
    [InlineData("a@example.org,b@example.org")]
    [InlineData("a@example.org;b@example.org")]
    [InlineData("\"a\"@example.org")]
    [InlineData("a(b)@example.org")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a..b@example.org")]
    [InlineData(".a@example.org")]
    [InlineData("a\\b@example.org")]
    [InlineData("a@example..org")]
    [InlineData("a@-")]
    [InlineData("a@example.org\u202E")]
    [InlineData("a\u200B@example.org")]
    [InlineData("a\u0001@example.org")]
    public void What_no_letter_could_be_sent_to_is_refused(string? typed) => Assert.Null(Address.Read(typed));

    [Fact]
    public void A_broken_letter_or_far_too_long_an_address_is_refused()
    {
        Assert.Null(Address.Read("a" + (char)0xD83D + "@example.org"));
        Assert.Null(Address.Read(new string('a', 243) + "@example.org"));
        Assert.NotNull(Address.Read(new string('a', 64) + "@example.org"));
        Assert.Null(Address.Read(new string('a', 100_000)));
    }
}
