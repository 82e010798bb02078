using System.ComponentModel.DataAnnotations;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers;

public sealed class ProviderOptionsTests
{
    private const string Secret = "a secret of more than twenty-four letters";

    [Theory]
    [InlineData("https://gateway.example.org", true)]
    [InlineData("http://127.0.0.1:8700", true)]
    [InlineData("http://gpu:8700", true)]
    [InlineData("http://10.0.0.5:8700/", true)]
    [InlineData("http://192.168.1.20", true)]
    [InlineData("http://gateway.example.org", false)]
    [InlineData("http://8.8.8.8", false)]
    [InlineData("https://user:password@gateway.example.org", false)]
    [InlineData("https://gateway.example.org/?key=1", false)]
    [InlineData("ftp://gateway.example.org", false)]
    [InlineData("gateway.example.org", false)]
    public void A_key_goes_out_in_the_clear_only_to_machines_nearby(string address, bool isTaken)
    {
        Assert.Equal(isTaken, IsValid(new ProviderOptions { FalAddress = address }));
        Assert.Equal(isTaken, IsValid(new ProviderOptions { EvoLinkAddress = address }));
        Assert.Equal(isTaken, IsValid(new ProviderOptions { WorkerAddress = address, WorkerSecret = Secret }));
    }

    [Fact]
    public void A_worker_needs_a_long_secret()
    {
        Assert.False(IsValid(new ProviderOptions { WorkerAddress = "http://gpu:8700" }));
        Assert.False(IsValid(new ProviderOptions { WorkerAddress = "http://gpu:8700", WorkerSecret = "short" }));
        Assert.False(IsValid(new ProviderOptions { WorkerOldSecret = "short" }));
        Assert.True(IsValid(new ProviderOptions()));
    }

    private static bool IsValid(ProviderOptions options) => Validator.TryValidateObject(options, new ValidationContext(options), null, true);
}
