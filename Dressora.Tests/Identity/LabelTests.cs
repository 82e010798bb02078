using Dressora.Web.Identity;
using Xunit;

namespace Dressora.Tests.Identity;

public sealed class LabelTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  Asha  ", "Asha")]
    [InlineData("a\0b\r\nc\u0085", "abc")]
    [InlineData("\u202Eevil\u2069", "evil")]
    [InlineData("123456789😀x", "123456789")]
    [InlineData("12345678😀x", "12345678😀")]
    [InlineData("क्‍ष", "क्‍ष")]
    public void A_name_is_one_line_that_fits(string? typed, string kept) => Assert.Equal(kept, Label.Tidy(typed, 10));

    [Fact]
    public void A_broken_letter_becomes_the_sign_for_one() => Assert.Equal("a\uFFFDb", Label.Tidy("a" + (char)0xD83D + "b", 10));
}
