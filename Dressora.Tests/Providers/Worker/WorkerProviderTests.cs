using System.Text;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers.Worker;

public sealed class WorkerProviderTests : ProviderContract
{
    private const string OldSecret = "the secret that there was before this one";

    protected override string Name => "worker";
    protected override string Model => "anything";
    protected override string Secret => WorkerSimulator.Key;

    protected override async Task<Simulator> OpenCompanyAsync() => await WorkerSimulator.OpenAsync();

    [Fact]
    public async Task It_is_told_everything_it_needs()
    {
        await AcceptedAsync();

        var body = JsonNode.Parse(Company.Requests.Single().Body)!;
        Assert.Equal("https://studio.example.org/api/jobs/job-1/preview_ready", (string)body["previewReady"]!);
        Assert.Equal("https://studio.example.org/api/jobs/job-1/callback", (string)body["callback"]!);
        Assert.Equal(Convert.ToBase64String(SimulatedFiles.Picture), (string)body["inputs"]![1]!["base64"]!);
        foreach (var input in body["inputs"]!.AsArray())
            input!["base64"] = "data";
        Recordings.Compare("Worker/invocation.json", body.ToJsonString());
    }

    [Fact]
    public async Task A_signed_callback_brings_the_result()
    {
        var verified = Assert.IsType<Callback.Verified>((await CalledBackAsync(Scenario.Ok)).Callback);

        Assert.Equal(SimulatedFiles.Picture, verified.Snapshot.Outputs.Single().Bytes!.Value.ToArray());
    }

    [Theory]
    [InlineData(Scenario.ForgedCallback)]
    [InlineData(Scenario.StaleCallback)]
    [InlineData(Scenario.AlteredCallback)]
    public async Task A_callback_that_it_did_not_sign_so_is_forged(Scenario scenario) =>
        Assert.IsType<Callback.Forged>((await CalledBackAsync(scenario)).Callback);

    [Fact]
    public async Task A_callback_for_one_job_says_nothing_about_another()
    {
        var (_, call) = await CalledBackAsync(Scenario.Ok);

        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call with { JobId = "job-2" }, default));
    }

    [Fact]
    public async Task A_body_about_another_job_is_forged_though_it_is_signed() => Assert.IsType<Callback.Forged>(
        await Provider.ReadCallbackAsync(Signed("""{"jobId":"job-2","status":"running"}"""), default));

    [Fact]
    public async Task A_preview_and_a_heartbeat_are_news_of_a_running_job()
    {
        var preview = Assert.IsType<Callback.Verified>(await Provider.ReadCallbackAsync(
            Signed("""{"status":"running","preview":{"base64":"QUJD","mime":"image/webp"}}"""), default));
        var heartbeat = Assert.IsType<Callback.Verified>(await Provider.ReadCallbackAsync(Signed("""{"status":"running","progress":40}"""), default));

        Assert.Equal("ABC"u8.ToArray(), preview.Snapshot.Preview!.Bytes!.Value.ToArray());
        Assert.Equal((SnapshotState.Running, 40, null), (heartbeat.Snapshot.State, heartbeat.Snapshot.Progress, heartbeat.Snapshot.Preview));
        Assert.NotEqual(preview.EventId, heartbeat.EventId);
    }

    [Theory]
    [InlineData(-120, true)]
    [InlineData(120, true)]
    [InlineData(-121, false)]
    [InlineData(121, false)]
    public async Task Two_minutes_are_tolerated(int seconds, bool counts)
    {
        var callback = await Provider.ReadCallbackAsync(Signed("""{"status":"running"}""", seconds: seconds), default);

        Assert.Equal(counts, callback is Callback.Verified);
    }

    [Fact]
    public async Task While_the_secret_changes_both_count()
    {
        await using var rig = Rig.Open([.. Company.Settings, $"Providers:WorkerOldSecret={OldSecret}"]);

        Assert.IsType<Callback.Verified>(await rig[Name].ReadCallbackAsync(Signed("""{"status":"running"}"""), default));
        Assert.IsType<Callback.Verified>(await rig[Name].ReadCallbackAsync(Signed("""{"status":"running"}""", OldSecret), default));
        Assert.IsType<Callback.Forged>(await rig[Name].ReadCallbackAsync(Signed("""{"status":"running"}""", "neither of them, really"), default));
        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(Signed("""{"status":"running"}""", OldSecret), default));
    }

    [Fact]
    public async Task Its_results_are_fetched_from_itself_only()
    {
        var fetch = (IFetchesResults)Provider;

        await using var mine = await fetch.OpenResultAsync(new Uri(Company.Address, "/files/job-1/1.png"), default);
        Assert.NotNull(mine);
        Assert.Null(await fetch.OpenResultAsync(new Uri("http://127.0.0.2/files/1.png"), default));
        Assert.Null(await fetch.OpenResultAsync(new Uri("http://169.254.169.254/latest/meta-data"), default));
    }

    [Fact]
    public async Task An_address_elsewhere_is_no_result()
    {
        var verified = Assert.IsType<Callback.Verified>(await Provider.ReadCallbackAsync(
            Signed("""{"status":"succeeded","outputs":[{"url":"http://169.254.169.254/latest"},{"url":"http://127.0.0.1:1/x"}]}"""), default));

        Assert.Equal("no_media", verified.Snapshot.Error!.Code);
    }

    private CallbackCall Signed(string body, string secret = WorkerSimulator.Key, int seconds = 0)
    {
        var timestamp = $"{Rig.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds()}";
        var headers = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Worker-Timestamp"] = [timestamp], ["X-Worker-Signature"] = [WorkerSimulator.Sign(secret, "job-1", timestamp, body)],
        };
        return new CallbackCall("job-1", null, headers, Encoding.UTF8.GetBytes(body), Rig.Clock.GetUtcNow());
    }
}
