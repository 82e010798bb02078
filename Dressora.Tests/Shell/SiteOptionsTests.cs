using System.ComponentModel.DataAnnotations;
using Dressora.Web.Shell;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class SiteOptionsTests
{
    [Theory]
    [InlineData("https://studio.example.org", "", "")]
    [InlineData("http://10.0.0.4:5080", "10.0.0.1", "")]
    [InlineData("https://studio.example.org", "10.0.0.0/8, fd00::/8 , ::1", "asha@example.org")]
    public void What_makes_sense_is_taken(string address, string proxies, string contact) =>
        Assert.Empty(Faults(new SiteOptions { Address = address, Proxies = proxies, Contact = contact }));

    [Theory]
    [InlineData("studio.example.org", "", "", "Address")]
    [InlineData("ftp://studio.example.org", "", "", "Address")]
    [InlineData("https://studio.example.org/under", "", "", "Address")]
    [InlineData("https://studio.example.org", "proxy.local", "", "Proxies")]
    [InlineData("https://studio.example.org", "10.0.0.1/99", "", "Proxies")]
    [InlineData("https://studio.example.org", "", "asha", "Contact")]
    public void What_does_not_is_named(string address, string proxies, string contact, string member)
    {
        var faults = Faults(new SiteOptions { Address = address, Proxies = proxies, Contact = contact });

        Assert.Equal([member], faults.SelectMany(fault => fault.MemberNames));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000_000)]
    public void A_scale_that_closes_or_forgets_the_gates_is_refused(double scale) =>
        Assert.NotEmpty(Faults(new SiteOptions { RateScale = scale }));

    [Fact]
    public void Letters_link_to_the_address() =>
        Assert.Equal(
            "https://studio.example.org/account",
            new SiteOptions { Address = "https://studio.example.org" }.At("/account").ToString());

    private static List<ValidationResult> Faults(SiteOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults;
    }
}
