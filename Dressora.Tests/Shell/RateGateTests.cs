using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Shell;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class RateGateTests
{
    private readonly FakeClock _clock = new();
    private readonly SiteOptions _options = new();

    [Fact]
    public void An_account_has_its_turns_and_then_waits_for_the_next()
    {
        var gate = Gate();

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(gate.Take(RateRules.SignIn, "asha")));

        Assert.Equal(TimeSpan.FromMinutes(1), gate.Take(RateRules.SignIn, "asha"));
    }

    [Fact]
    public void Turns_come_back_evenly_and_never_more_than_all()
    {
        var gate = Gate();
        Exhaust(gate, "asha");

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, gate.Take(RateRules.SignIn, "asha")!.Value.TotalSeconds, precision: 3);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(gate.Take(RateRules.SignIn, "asha"));

        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(10, Exhaust(gate, "asha"));
    }

    [Fact]
    public void One_subject_or_rule_does_not_use_up_another()
    {
        var gate = Gate();
        Exhaust(gate, "asha");

        Assert.Null(gate.Take(RateRules.SignIn, "mila"));
        Assert.Null(gate.Take(RateRules.Submit, "asha"));
        Assert.Null(gate.TakeForNetwork(RateRules.SignIn, "asha"));
    }

    [Theory]
    [InlineData(2, 20)]
    [InlineData(0.1, 1)]
    [InlineData(0.01, 1)]
    public void The_scale_multiplies_the_turns(double scale, int turns)
    {
        _options.RateScale = scale;

        Assert.Equal(turns, Exhaust(Gate(), "asha"));
    }

    [Fact]
    public void A_crowd_of_subjects_is_remembered_up_to_a_limit()
    {
        var gate = Gate();
        Exhaust(gate, "first");

        for (var i = 0; i < RateGate.HalfMax * 3; i++)
            gate.Take(RateRules.Page, $"{i}");

        Assert.InRange(gate.Remembered, RateGate.HalfMax, RateGate.HalfMax * 2);
        Assert.Null(gate.Take(RateRules.SignIn, "first"));
    }

    [Fact]
    public void Whoever_keeps_coming_is_not_forgotten_in_the_crowd()
    {
        var gate = Gate();
        Exhaust(gate, "eager");

        for (var i = 0; i < RateGate.HalfMax * 3; i++)
        {
            gate.Take(RateRules.Page, $"{i}");
            if (i % 10_000 == 0)
                Assert.NotNull(gate.Take(RateRules.SignIn, "eager"));
        }
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void A_network_is_what_one_subscriber_holds(string address, string network) =>
        Assert.Equal(network, Network.Of(IPAddress.Parse(address)));

    private RateGate Gate() => new(_clock, new Fixed(_options));

    private static int Exhaust(RateGate gate, string subject)
    {
        var turns = 0;
        while (gate.Take(RateRules.SignIn, subject) is null)
            turns++;
        return turns;
    }

    private sealed class Fixed(SiteOptions options) : IOptionsMonitor<SiteOptions>
    {
        public SiteOptions CurrentValue => options;

        public SiteOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<SiteOptions, string?> listener) => null;
    }
}
