using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers.EvoLink;

public sealed class EvoLinkProviderTests : ProviderContract
{
    protected override string Name => "evolink";
    protected override string Model => "nano-banana-2-lite";
    protected override string Secret => EvoLinkSimulator.Key;

    protected override async Task<Simulator> OpenCompanyAsync() => await EvoLinkSimulator.OpenAsync();

    [Theory]
    [InlineData("nano-banana-2-lite")]
    [InlineData("gpt-image-2")]
    [InlineData("gpt-image-1.5")]
    [InlineData("qwen-image-edit-plus")]
    public async Task Each_family_is_asked_in_its_own_words(string model)
    {
        await Provider.SubmitAsync(
            Rig.Request(model, callback: new Uri("https://studio.example.org/hooks/1"), parameters: new JsonObject
            {
                ["category"] = "one-piece", ["aspectRatio"] = "3:4", ["seed"] = 7, ["count"] = 1,
            }), default);

        Recordings.Compare($"EvoLink/{model}.json", Asked("/v1/images/generations").Body);
    }

    [Fact]
    public async Task A_described_outfit_needs_no_garment()
    {
        var request = Rig.Request(Model, parameters: new JsonObject { ["category"] = "top", ["prompt"] = "a red wool coat" });

        await Provider.SubmitAsync(request with { Inputs = [request.Inputs[0]] }, default);

        var body = JsonNode.Parse(Asked("/v1/images/generations").Body)!;
        Assert.Contains("in: a red wool coat.", (string)body["prompt"]!, StringComparison.Ordinal);
        Assert.Single(body["image_urls"]!.AsArray());
    }

    [Fact]
    public async Task The_key_goes_out_as_an_idempotency_key_too()
    {
        await AcceptedAsync();

        Assert.Equal("key-of-job-1-nano-banana-2-lite", Asked("/v1/images/generations").Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_second_attempt_uploads_nothing_and_says_the_same()
    {
        Company.Pace = null;
        await SubmitAsync(Scenario.LostAnswer);
        await AcceptedAsync();

        Assert.Equal(2, Company.Requests.Count(one => one.Path.Contains("upload", StringComparison.Ordinal)));
        Assert.Single(Company.Jobs);
    }

    [Fact]
    public async Task The_same_key_with_other_words_is_left_open()
    {
        await AcceptedAsync();
        var other = Rig.Request(Model, parameters: new JsonObject { ["category"] = "bottom" });

        Assert.IsType<Submission.Unknown>(await Provider.SubmitAsync(other, default));
    }

    [Fact]
    public async Task The_next_model_of_the_same_job_is_another_request()
    {
        await AcceptedAsync();

        Assert.IsType<Submission.Accepted>(await Provider.SubmitAsync(Rig.Request("qwen-image-edit-plus"), default));
        Assert.Equal(2, Company.Jobs.Count);
    }

    [Theory]
    [InlineData("http://studio.example.org/hooks/1")]
    [InlineData("https://studio.example.org/hooks/{long}")]
    public async Task It_is_given_no_callback_that_it_would_refuse(string callback)
    {
        var address = new Uri(callback.Replace("{long}", new string('x', 2100), StringComparison.Ordinal));

        await Provider.SubmitAsync(Rig.Request(Model, callback: address), default);

        Assert.Null(JsonNode.Parse(Asked("/v1/images/generations").Body)!["callback_url"]);
    }

    [Fact]
    public async Task Its_callback_only_makes_us_look() =>
        Assert.IsType<Callback.Hint>((await CalledBackAsync(Scenario.Ok)).Callback);

    [Fact]
    public async Task A_callback_about_another_task_is_forged() =>
        Assert.IsType<Callback.Forged>((await CalledBackAsync(Scenario.ForgedCallback)).Callback);

    [Fact]
    public async Task A_callback_that_names_no_task_is_forged()
    {
        var (_, call) = await CalledBackAsync(Scenario.Ok);

        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call with { Body = "{}"u8.ToArray() }, default));
        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call with { Body = "nonsense"u8.ToArray() }, default));
    }

    [Fact]
    public async Task A_cancelled_task_says_that_it_failed() =>
        Assert.Equal(SnapshotState.Cancelled, (await EndAsync(Scenario.Cancelled)).State);

    [Fact]
    public async Task What_it_cost_is_kept_in_its_own_words() =>
        Assert.Equal("1.6 credits", (await EndAsync(Scenario.Ok)).Cost);

    [Fact]
    public async Task A_wait_is_as_long_as_it_says() => Assert.Equal(TimeSpan.FromSeconds(45), (await AcceptedAsync()).Wait);

    [Fact]
    public async Task What_a_model_cannot_take_is_refused_before_anything_is_sent()
    {
        var longest = Rig.Request(Model, parameters: new JsonObject { ["prompt"] = new string('x', 2_001) });

        var rejected = Assert.IsType<Submission.Rejected>(
            await Provider.SubmitAsync(longest with { Kind = JobKind.Image, Inputs = [] }, default));

        Assert.Equal((ErrorClass.Unsupported, "prompt_too_long"), (rejected.Error.Class, rejected.Error.Code));
        Assert.Empty(Company.Requests);
    }

    private Recorded Asked(string path) => Company.Requests.Last(one => one.Path == path);
}
