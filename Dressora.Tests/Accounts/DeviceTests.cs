using System.Net;
using Dressora.Web.Accounts;
using Xunit;

namespace Dressora.Tests.Accounts;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome, Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome, iPad")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36", "Samsung Internet, Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari, Mac")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("", "")]
    [InlineData("<script>alert(1)</script>", "")]
    public void A_browser_is_named_as_people_name_it_and_by_nothing_it_sent(string userAgent, string words) =>
        Assert.Equal(words, Device.Describe(userAgent));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.x")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.x")]
    [InlineData("2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:0db8:85a3:…")]
    [InlineData("::1", "0000:0000:0000:…")]
    public void A_network_is_kept_without_the_machine_in_it(string address, string words) =>
        Assert.Equal(words, Device.Network(IPAddress.Parse(address)));

    [Fact]
    public void No_address_is_no_network() => Assert.Equal("", Device.Network(null));
}
