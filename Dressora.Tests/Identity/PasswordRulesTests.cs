using Dressora.Web.Identity;
using Xunit;

namespace Dressora.Tests.Identity;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("1234567", PasswordFault.TooShort)]
    [InlineData("", PasswordFault.TooShort)]
    [InlineData("😀😀😀", PasswordFault.TooShort)]
    [InlineData("password", PasswordFault.Common)]
    [InlineData("PassWord1", PasswordFault.Common)]
    [InlineData(" iloveyou ", PasswordFault.Common)]
    [InlineData("abababababab", PasswordFault.Common)]
    [InlineData("Dressora!23", PasswordFault.Common)]
    [InlineData("anna.smith@example.org", PasswordFault.HoldsTheAddress)]
    [InlineData("Anna.Smith1!", PasswordFault.HoldsTheAddress)]
    public void What_anybody_would_try_first_is_refused(string password, PasswordFault fault) =>
        Assert.Equal(fault, PasswordRules.FaultIn(password, "anna.smith@example.org"));

    [Theory]
    [InlineData("three green umbrellas")]
    [InlineData("kettle7x")]
    [InlineData("        x y z")]
    [InlineData("गुलाबी हाथी")]
    [InlineData("anna.smith likes long walks")]
    [InlineData("dressora is a fine house")]
    [InlineData("<script>alert(1)</script>")]
    public void Anything_long_and_not_guessed_goes(string password) =>
        Assert.Null(PasswordRules.FaultIn(password, "anna.smith@example.org"));

    [Fact]
    public void The_limits_are_eight_and_a_hundred_and_twenty_eight()
    {
        var sentence = string.Concat(Enumerable.Repeat("seven kettles ", 10));

        Assert.Null(PasswordRules.FaultIn(sentence[..8], "a@example.org"));
        Assert.Null(PasswordRules.FaultIn(sentence[..128], "a@example.org"));
        Assert.Equal(PasswordFault.TooLong, PasswordRules.FaultIn(sentence[..129], "a@example.org"));
    }

    [Fact]
    public void A_short_name_before_the_at_sign_counts_for_nothing() =>
        Assert.Null(PasswordRules.FaultIn("joyful bob", "bob@example.org"));
}
