using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers.Fal;

public sealed class FalProviderTests : ProviderContract
{
    private FalSimulator Fal => (FalSimulator)Company;

    protected override string Name => "fal";
    protected override string Model => "fal-ai/fashn/tryon/v1.6";
    protected override string Secret => FalSimulator.Key;

    protected override async Task<Simulator> OpenCompanyAsync() => await FalSimulator.OpenAsync();

    [Theory]
    [InlineData("fal-ai/kling/v1-5/kolors-virtual-try-on", "kolors")]
    [InlineData("fal-ai/fashn/tryon/v1.5", "fashn")]
    [InlineData("fal-ai/fashn/tryon/v1.6", "fashn")]
    [InlineData("fal-ai/image-apps-v2/virtual-try-on", "image-apps")]
    [InlineData("fal-ai/cat-vton", "cat-vton")]
    [InlineData("fal-ai/leffa/virtual-tryon", "leffa")]
    public async Task Each_model_is_asked_in_its_own_words(string model, string recording)
    {
        await Provider.SubmitAsync(
            Rig.Request(model, parameters: new JsonObject { ["category"] = "bottom", ["aspectRatio"] = "3:4", ["seed"] = 7 }), default);

        var asked = Assert.Single(Company.Requests);
        Assert.Equal("/" + model, asked.Path);
        Recordings.Compare($"Fal/{recording}.json", asked.Body);
    }

    [Fact]
    public async Task A_model_that_nobody_described_is_not_asked()
    {
        Assert.IsType<Submission.Rejected>(await Provider.SubmitAsync(Rig.Request("fal-ai/idm-vton"), default));
        Assert.Empty(Company.Requests);
    }

    [Fact]
    public async Task A_try_on_without_a_garment_is_not_asked()
    {
        var request = Rig.Request(Model);

        var rejected = Assert.IsType<Submission.Rejected>(
            await Provider.SubmitAsync(request with { Inputs = [request.Inputs[0]] }, default));

        Assert.Equal((ErrorClass.Unsupported, "needs_garment"), (rejected.Error.Class, rejected.Error.Code));
    }

    [Fact]
    public async Task A_large_photo_goes_through_the_storage_without_the_key()
    {
        var request = Rig.Request(Model);
        var large = new ProviderInput("person", "image/jpeg", new byte[2_000_000]);

        Assert.IsType<Submission.Accepted>(await Provider.SubmitAsync(request with { Inputs = [large, request.Inputs[1]] }, default));

        var put = Company.Requests.Single(one => one.Method == "PUT");
        Assert.Equal("image/jpeg", put.Headers["Content-Type"]);
        Assert.StartsWith(
            $"{Company.Address}files/", (string)JsonNode.Parse(Company.Requests.Last().Body)!["model_image"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_kept_there_for_a_day_only()
    {
        await AcceptedAsync();

        Assert.Equal("""{"expiration_duration_seconds":86400}""", Company.Requests.Single().Headers["X-Fal-Object-Lifecycle-Preference"]);
    }

    [Fact]
    public async Task A_signed_callback_brings_the_result()
    {
        var verified = Assert.IsType<Callback.Verified>((await CalledBackAsync(Scenario.Ok)).Callback);

        Assert.Equal(SnapshotState.Succeeded, verified.Snapshot.State);
        Assert.Equal(Company.Jobs.Keys.Single(), verified.EventId);
        Assert.Single(verified.Snapshot.Outputs);
    }

    [Fact]
    public async Task A_signed_callback_brings_the_failure()
    {
        var verified = Assert.IsType<Callback.Verified>((await CalledBackAsync(Scenario.FailContent)).Callback);

        Assert.Equal(ErrorClass.RejectedContent, verified.Snapshot.Error!.Class);
    }

    [Fact]
    public async Task A_callback_before_our_own_answer_is_believed()
    {
        Company.Scenario = Scenario.EarlyCallback;
        await Provider.SubmitAsync(Rig.Request(Model, callback: new Uri("https://studio.example.org/hooks/1")), default);

        Assert.IsType<Callback.Verified>(await Provider.ReadCallbackAsync(await Rig.Trap.NextAsync(), default));
    }

    [Fact]
    public async Task A_callback_without_its_result_makes_us_look() =>
        Assert.IsType<Callback.Hint>((await CalledBackAsync(Scenario.EmptyCallback)).Callback);

    [Theory]
    [InlineData(Scenario.ForgedCallback)]
    [InlineData(Scenario.StaleCallback)]
    [InlineData(Scenario.AlteredCallback)]
    public async Task A_callback_that_fal_did_not_sign_so_is_forged(Scenario scenario) =>
        Assert.IsType<Callback.Forged>((await CalledBackAsync(scenario)).Callback);

    [Fact]
    public async Task A_callback_about_another_request_is_forged()
    {
        var (_, call) = await CalledBackAsync(Scenario.Ok);

        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call with { ExternalId = "another" }, default));
    }

    [Theory]
    [InlineData("X-Fal-Webhook-Request-Id")]
    [InlineData("X-Fal-Webhook-User-Id")]
    [InlineData("X-Fal-Webhook-Timestamp")]
    [InlineData("X-Fal-Webhook-Signature")]
    public async Task A_header_that_is_missing_or_doubled_is_no_signature(string name)
    {
        var (_, call) = await CalledBackAsync(Scenario.Ok);
        var missing = call.Headers.Where(pair => pair.Key != name).ToDictionary();
        var doubled = call.Headers.ToDictionary(pair => pair.Key, pair => pair.Key == name ? [pair.Value[0], pair.Value[0]] : pair.Value);

        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call with { Headers = missing }, default));
        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call with { Headers = doubled }, default));
    }

    [Fact]
    public async Task New_keys_are_fetched_once_when_the_kept_ones_do_not_fit()
    {
        var (_, call) = await CalledBackAsync(Scenario.Ok);
        Assert.Equal(1, Fal.KeysAsked);
        Fal.RotateKey();
        Rig.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.IsType<Callback.Verified>((await SecondAsync(Scenario.Ok)).Callback);
        Assert.IsType<Callback.Forged>(await Provider.ReadCallbackAsync(call, default));
        Assert.Equal(2, Fal.KeysAsked);
    }

    [Fact]
    public async Task Forged_callbacks_do_not_become_a_flood_of_questions()
    {
        var (_, call) = await CalledBackAsync(Scenario.ForgedCallback);
        for (var i = 0; i < 10; i++)
            await Provider.ReadCallbackAsync(call, default);

        Assert.InRange(Fal.KeysAsked, 1, 2);
    }

    [Fact]
    public async Task Old_keys_count_while_new_ones_cannot_be_had()
    {
        await CalledBackAsync(Scenario.Ok);
        Fal.TellsKeys = false;
        Rig.Clock.Advance(TimeSpan.FromHours(25));

        Assert.IsType<Callback.Verified>((await SecondAsync(Scenario.Ok)).Callback);
        Assert.Equal(2, Fal.KeysAsked);
    }

    [Fact]
    public async Task Without_any_key_a_callback_makes_us_look()
    {
        Fal.TellsKeys = false;

        Assert.IsType<Callback.Hint>((await CalledBackAsync(Scenario.Ok)).Callback);
    }

    private async Task<(Callback Callback, CallbackCall Call)> SecondAsync(Scenario scenario)
    {
        var accepted = await AcceptedAsync(scenario, "job-2");
        await Company.FinishAsync(accepted.ExternalId);
        var call = await Rig.Trap.NextAsync() with { ExternalId = accepted.ExternalId };
        return (await Provider.ReadCallbackAsync(call, default), call);
    }
}
