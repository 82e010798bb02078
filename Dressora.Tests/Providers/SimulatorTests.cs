using Dressora.Tests.Harness;
using Dressora.Web.Outbound;
using Dressora.Web.Providers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Providers;

/// <summary>A whole site with simulated companies: how the engine's tests begin.</summary>
public sealed class SimulatorTests
{
    [Fact]
    public async Task A_site_reaches_the_companies_that_its_settings_name()
    {
        await using var fal = await FalSimulator.OpenAsync();
        await using var evoLink = await EvoLinkSimulator.OpenAsync();
        await using var site = await Site.StartAsync(settings: [.. fal.Settings, .. evoLink.Settings]);
        fal.Join(site);
        evoLink.Join(site);
        var catalog = site.Services.GetRequiredService<ProviderCatalog>();

        Assert.IsType<Submission.Accepted>(await catalog.Find("fal")!.SubmitAsync(Request("fal-ai/cat-vton"), default));
        var task = Assert.IsType<Submission.Accepted>(await catalog.Find("evolink")!.SubmitAsync(Request("gpt-image-2"), default));
        await WaitAsync(() => evoLink.Jobs.Values.All(job => job.IsOver));
        var made = await catalog.Find("evolink")!.PollAsync(task.PollReference, default);
        var fetched = await site.Services.GetRequiredService<Fetcher>().FetchAsync(made.Outputs[0].Address!.AbsoluteUri, 1_000_000, default);
        Assert.Equal(SimulatedFiles.Picture, Assert.IsType<Fetched.Body>(fetched).Bytes);

        await WaitAsync(() => !fal.CallbackAnswers.IsEmpty);
        Assert.DoesNotContain(0, fal.CallbackAnswers);
    }

    [Fact]
    public async Task A_site_without_a_port_is_reached_by_its_own_sandbox()
    {
        await using var site = await Site.StartAsync(settings: "environment=Measurement");
        var sandbox = site.Services.GetRequiredService<ProviderCatalog>().Find("sandbox")!;
        var request = Request("sandbox");
        request.Parameters["scenario"] = "ok preview=0 final=0 plain";

        Assert.IsType<Submission.Accepted>(await sandbox.SubmitAsync(request, default));

        await WaitAsync(() => sandbox.PollAsync("job-1", default).Result.State == SnapshotState.Succeeded);
        Assert.DoesNotContain(site.Log.Troubles, line => line.Category.Contains("Providers", StringComparison.Ordinal));
    }

    private static ProviderRequest Request(string model) => new(
        "job-1", JobKind.TryOn, model, [],
        [new ProviderInput("person", "image/png", SimulatedFiles.Picture), new ProviderInput("garment", "image/png", SimulatedFiles.Picture)],
        new Uri("https://dressora.test/hooks/providers/any/job-1/token"), "key-1", FakeClock.Start.AddMinutes(10));

    private static async Task WaitAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 1_000 && !isSo(); i++)
            await Task.Delay(10);
        Assert.True(isSo());
    }
}
