using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Xunit;

namespace Dressora.Tests.Identity;

public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long second, string code) =>
        Assert.Equal(code, Totp.CodeAt(Key, DateTimeOffset.FromUnixTimeSeconds(second)));

    [Fact]
    public void A_key_is_spelled_as_RFC_4648_does() => Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Spell(Key));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_off(int seconds, bool taken)
    {
        var now = FakeClock.Start;

        Assert.Equal(taken, Totp.StepOf(Key, Totp.CodeAt(Key, now.AddSeconds(seconds)), now) is not null);
    }

    [Theory]
    [InlineData("{0} {1}", true)]
    [InlineData(" {0}-{1} ", true)]
    [InlineData("{0}{1}0", false)]
    [InlineData("{0}", false)]
    [InlineData("", false)]
    [InlineData("٠١٢٣٤٥", false)]
    public void A_code_may_be_typed_with_spaces(string pattern, bool taken)
    {
        var code = Totp.CodeAt(Key, FakeClock.Start);
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, code[..3], code[3..]);

        Assert.Equal(taken, Totp.StepOf(Key, typed, FakeClock.Start) is not null);
    }

    [Fact]
    public void A_step_is_taken_once_and_none_before_it()
    {
        var person = new AppUser("a@example.org", "A@EXAMPLE.ORG", FakeClock.Start);

        Assert.True(person.TakeTotpStep(8));
        Assert.False(person.TakeTotpStep(8));
        Assert.False(person.TakeTotpStep(7));
        Assert.True(person.TakeTotpStep(9));
    }

    [Fact]
    public void An_app_is_told_the_site_and_the_address_whatever_they_hold() => Assert.Equal(
        "otpauth://totp/My%20%26%20house%3F:a%2Bb%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20%26%20house%3F",
        Totp.Address("My & house?", "a+b@example.org", Key));

    [Fact]
    public void No_two_keys_are_alike() => Assert.NotEqual(Totp.NewKey(), Totp.NewKey());
}
