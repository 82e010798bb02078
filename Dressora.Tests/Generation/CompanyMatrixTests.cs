using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>The true adapters against simulated companies, from the request to the books.</summary>
public sealed class CompanyMatrixTests
{
    private const string Alone = "Providers:Sandbox=false";

    /// <summary>How each ends at either company; null is well.</summary>
    private static readonly Dictionary<Scenario, FailReason?> Ends = new()
    {
        [Scenario.Ok] = null,
        [Scenario.Slow] = FailReason.Deadline,
        [Scenario.FailTransient] = FailReason.MakerFailed,
        [Scenario.FailContent] = FailReason.Refused,
        [Scenario.FailInput] = FailReason.BadInput,
        [Scenario.FailTimeout] = FailReason.MakerFailed,
        [Scenario.NoMedia] = FailReason.Refused,
        [Scenario.UnknownStatus] = null,
        [Scenario.EmptyCallback] = null,
        [Scenario.EarlyCallback] = null,
        [Scenario.LostCallback] = null,
        [Scenario.DuplicateCallback] = null,
        [Scenario.ForgedCallback] = null,
        [Scenario.StaleCallback] = null,
        [Scenario.AlteredCallback] = null,
        [Scenario.ResultGone] = FailReason.BadResult,
        [Scenario.ResultHtml] = FailReason.BadResult,
        [Scenario.ResultTruncated] = FailReason.BadResult,
        [Scenario.ResultHuge] = FailReason.BadResult,
        [Scenario.ResultEndless] = FailReason.BadResult,
        [Scenario.RefuseContent] = FailReason.Refused,
        [Scenario.RefuseInput] = FailReason.BadInput,
        [Scenario.RateLimited] = FailReason.NoMaker,
        [Scenario.RateLimitedAbsurd] = FailReason.NoMaker,
        [Scenario.NoFunds] = FailReason.NoMaker,
        [Scenario.BadKey] = FailReason.NoMaker,
        [Scenario.ServerError] = FailReason.NoMaker,
        [Scenario.HtmlBadGateway] = FailReason.NoMaker,
        [Scenario.LostAnswer] = null,
        [Scenario.SilentAnswer] = null,
    };

    /// <summary>Where nothing happens for long, so that time may run.</summary>
    private static readonly Scenario[] Long =
    [
        Scenario.Slow, Scenario.SilentAnswer, Scenario.ResultGone, Scenario.ResultEndless, Scenario.NoFunds, Scenario.BadKey,
        Scenario.ServerError, Scenario.HtmlBadGateway, Scenario.RateLimited,
    ];

    [Fact]
    public async Task At_fal_everything_ends_as_it_should() => await RunAsync(await FalSimulator.OpenAsync(), "fal");

    [Fact]
    public async Task At_EvoLink_everything_ends_as_it_should() => await RunAsync(await EvoLinkSimulator.OpenAsync(), "evolink");

    [Fact]
    public async Task A_bad_minute_of_a_company_is_waited_for()
    {
        await using var fal = await FalSimulator.OpenAsync();
        await using var shop = await Workshop.OpenRealAsync([.. fal.Settings, Alone]);
        fal.Join(shop.Site);
        var asked = 0;
        fal.Choose = _ => Interlocked.Increment(ref asked) <= 3 ? Scenario.ServerError : Scenario.Ok;

        var job = await shop.LeapAsync(await shop.SubmitAsync(), now => now.IsOver);

        Assert.Equal((JobState.Done, 4), (job.State, asked));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_company_without_our_money_is_passed_over_and_the_next_makes_it()
    {
        await using var fal = await FalSimulator.OpenAsync();
        await using var evoLink = await EvoLinkSimulator.OpenAsync();
        await using var shop = await Workshop.OpenRealAsync([.. fal.Settings, .. evoLink.Settings]);
        fal.Join(shop.Site);
        evoLink.Join(shop.Site);
        fal.Scenario = Scenario.NoFunds;

        var job = await shop.LeapAsync(await shop.SubmitAsync(), now => now.IsOver);

        Assert.Equal(JobState.Done, job.State);
        Assert.Empty(fal.Jobs);
        Assert.Single(evoLink.Jobs);
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_result_that_comes_after_the_deadline_or_a_cancel_is_kept_out()
    {
        await using var fal = await FalSimulator.OpenAsync();
        await using var shop = await Workshop.OpenRealAsync([.. fal.Settings, Alone]);
        fal.Join(shop.Site);
        fal.Scenario = Scenario.Slow;
        var called = await shop.LeapAsync(await shop.SubmitAsync("called"), now => now.State == JobState.Working);
        Assert.Equal(CancelOutcome.Cancelled, await shop.Generator.CancelAsync(shop.UserId, called.Id));
        var late = await shop.LeapAsync(await shop.SubmitAsync("late"), now => now.State == JobState.Failed, 20);

        await Task.WhenAll(fal.Jobs.Keys.Select(fal.FinishAsync));
        shop.Site.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(FailReason.Deadline, late.Reason);
        Assert.Equal(JobState.Cancelled, (await shop.FindAsync(called.Id)).State);
        Assert.All(fal.CallbackAnswers, answer => Assert.Equal(200, answer));
        Assert.Equal(10_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    private static async Task RunAsync(Simulator opened, string name)
    {
        await using var company = opened;
        await using var shop = await Workshop.OpenRealAsync([.. company.Settings, Alone]);
        company.Join(shop.Site);
        var (wrong, done) = (new List<string>(), 0);
        foreach (var (scenario, reason) in Ends)
        {
            shop.Site.Services.GetRequiredService<Breakers>().Reset(name);
            company.Scenario = scenario;
            var isLong = Long.Contains(scenario);
            var job = await shop.LeapAsync(await shop.SubmitAsync($"{scenario}"), now => now.IsOver, isLong ? 1 : 0.5, isLong ? 0.1 : 0.05);
            done += job.State == JobState.Done ? 1 : 0;
            if ((job.State, job.Reason) != (reason is null ? JobState.Done : JobState.Failed, reason))
                wrong.Add($"{scenario}: {job.State} {job.Reason} ({job.Detail})");
        }

        Assert.Empty(wrong);
        Assert.Equal(10_000 - (Workshop.Price * done), await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }
}
