using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Dressora.Web.Providers.Sandbox;
using Xunit;

namespace Dressora.Tests.Providers.Sandbox;

public sealed class SandboxProviderTests
{
    [Fact]
    public async Task A_try_on_becomes_a_card_of_both_photos()
    {
        await using var rig = SandboxRig.Open();
        var script = SandboxRig.Script("ok", plain: false);
        script["category"] = "top";

        await rig.Sandbox().SubmitAsync(rig.Request(script), default);
        var card = await rig.FetchAsync(await rig.EndAsync());

        Assert.Equal([0xFF, 0xD8], card[..2]);
        Assert.InRange(card.Length, 8_000, 500_000);
    }

    [Fact]
    public async Task Several_may_be_asked_for()
    {
        await using var rig = SandboxRig.Open();
        var script = SandboxRig.Script("ok");
        (script["count"], script["aspectRatio"]) = (3, "9:16");

        await rig.Sandbox().SubmitAsync(rig.Request(script, JobKind.Image), default);

        Assert.Equal(3, (await rig.EndAsync()).Outputs.Count);
    }

    [Theory]
    [InlineData(JobKind.Video, "ftyp")]
    [InlineData(JobKind.Avatar, "ftyp")]
    [InlineData(JobKind.AudioVideo, "ftyp")]
    [InlineData(JobKind.Speech, "WAVE")]
    public async Task Films_and_voices_are_made_by_the_machines_own_tools(JobKind kind, string mark)
    {
        await using var rig = SandboxRig.Open();
        var script = SandboxRig.Script("ok", plain: false);
        (script["text"], script["seconds"]) = ("Good evening.", 1);
        var request = rig.Request(script, kind);

        await rig.Sandbox().SubmitAsync(request with
        {
            Inputs = kind == JobKind.Speech ? [] : [.. request.Inputs, new ProviderInput("audio", "audio/wav", Tone())],
        }, default);
        var made = await rig.FetchAsync(await rig.EndAsync());

        Assert.Contains(mark, Encoding.Latin1.GetString(made, 0, 16), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_lacks_it_says_in_a_sentence()
    {
        await using var rig = SandboxRig.Open();

        await rig.Sandbox().SubmitAsync(rig.Request(SandboxRig.Script("ok", plain: false), JobKind.AudioVideo), default);
        var end = await rig.EndAsync();

        Assert.Equal((SnapshotState.Failed, "The sandbox was given no sound."), (end.State, end.Error!.Message));
    }

    [Fact]
    public async Task A_preview_comes_before_the_final()
    {
        await using var rig = SandboxRig.Open();
        await rig.Sandbox().SubmitAsync(rig.Request(SandboxRig.Script("ok", 0, 600)), default);
        var callback = Assert.IsType<Callback.Verified>(await rig.Sandbox().ReadCallbackAsync(await rig.Trap.NextAsync(), default));

        Assert.Equal(SnapshotState.Running, callback.Snapshot.State);
        await using var preview = await ((IFetchesResults)rig.Sandbox()).OpenResultAsync(callback.Snapshot.Preview!.Address!, default);
        Assert.NotNull(preview);
        rig.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(SnapshotState.Succeeded, (await rig.EndAsync()).State);
    }

    [Fact]
    public async Task Jobs_survive_a_restart_and_so_do_their_signatures()
    {
        using var folder = new TemporaryFolder();
        CallbackCall old;
        await using (var rig = SandboxRig.Open(folder))
        {
            await rig.Sandbox().SubmitAsync(rig.Request(SandboxRig.Script("ok", 0, 600)), default);
            old = await rig.Trap.NextAsync();
        }

        await using var again = SandboxRig.Open(folder);
        Assert.Equal(SnapshotState.Running, (await again.Sandbox().PollAsync("job-1", default)).State);
        Assert.IsType<Callback.Verified>(await again.Sandbox().ReadCallbackAsync(old, default));
        again.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.NotEmpty(await again.FetchAsync(await again.EndAsync()));
    }

    [Fact]
    public async Task A_day_later_they_are_gone()
    {
        using var folder = new TemporaryFolder();
        await using var rig = SandboxRig.Open(folder);
        await rig.SubmitAsync("ok");
        await rig.EndAsync();
        Assert.True(Directory.Exists(folder["sandbox/job-1"]));
        rig.Clock.Advance(TimeSpan.FromHours(25));

        // Its last call may still be on its way: then the folder goes with the next hour's sweep.
        for (var job = 2; job < 7 && Directory.Exists(folder["sandbox/job-1"]); job++)
        {
            await rig.Sandbox().SubmitAsync(rig.Request(SandboxRig.Script("ok")) with { JobId = $"job-{job}" }, default);
            rig.Clock.Advance(TimeSpan.FromHours(2));
        }

        Assert.False(Directory.Exists(folder["sandbox/job-1"]));
        Assert.Equal("not_found", (await rig.Sandbox().PollAsync("job-1", default)).Error!.Code);
    }

    [Fact]
    public async Task People_cannot_choose_how_it_goes()
    {
        await using var rig = SandboxRig.Open(environment: "Production");

        Assert.IsType<Submission.Accepted>(await rig.SubmitAsync("refuse_funds"));
    }

    [Theory]
    [InlineData("fail_content preview=0 final=0.5 plain", SandboxScenario.FailContent, 0, 0.5, true)]
    [InlineData("slow", SandboxScenario.Slow, 20, 60, false)]
    [InlineData("nonsense final=x", SandboxScenario.Ok, 1.5, 4, false)]
    [InlineData("", SandboxScenario.Ok, 1.5, 4, false)]
    public void A_script_can_be_typed(string words, object scenario, double preview, double final, bool isPlain) => Assert.Equal(
        new SandboxPlan((SandboxScenario)scenario, TimeSpan.FromSeconds(preview), TimeSpan.FromSeconds(final), isPlain),
        SandboxPlan.Read(new System.Text.Json.Nodes.JsonObject { ["scenario"] = words }, mayChoose: true));

    [Fact]
    public async Task It_can_be_turned_off()
    {
        await using var rig = Rig.Open(["Providers:Sandbox=false"]);

        Assert.False(rig.Sandbox().IsReady);
        Assert.False(rig.Catalog.CanAsk("sandbox"));
    }

    [Fact]
    public async Task A_job_whose_number_is_a_path_is_not_taken()
    {
        await using var rig = SandboxRig.Open();

        Assert.IsType<Submission.Rejected>(
            await rig.Sandbox().SubmitAsync(rig.Request(SandboxRig.Script("ok")) with { JobId = "../../outside" }, default));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("Ein Kleid für den Übergang, bitte", 4)]
    [InlineData("लाल साड़ी красное пальто", 4)]
    public void Words_fit_into_their_box(string text, int lines)
    {
        var (fitted, size) = PixelFont.Fit(text, 120, 60);

        Assert.InRange(fitted.Count, 1, lines);
        Assert.All(fitted, line => Assert.InRange(line.Length * PixelFont.Advance * size, 1, 120));
        Assert.All(fitted.SelectMany(line => line), letter => Assert.All(PixelFont.Dots(letter), dot => Assert.True(dot is { X: < 5, Y: < 8 })));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_answer()
    {
        var tool = new Dressora.Web.Providers.Sandbox.Tool(TimeProvider.System);

        Assert.Equal(ToolEnd.NotInstalled, await tool.RunAsync("no-such-program-anywhere", [], default));
        Assert.Equal(ToolEnd.Failed, await tool.RunAsync("false", [], default));
        Assert.Equal(ToolEnd.Done, await tool.RunAsync("true", [], default));
    }

    /// <summary>A second of a tone.</summary>
    private static byte[] Tone()
    {
        const int Rate = 8_000;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (Rate * 2));
        writer.Write("WAVEfmt "u8);
        foreach (var number in new[] { 16, 0x0001_0001, Rate, Rate * 2, 0x0010_0002 })
            writer.Write(number);
        writer.Write("data"u8);
        writer.Write(Rate * 2);
        for (var i = 0; i < Rate; i++)
            writer.Write((short)(8_000 * Math.Sin(i * 0.35)));
        return file.ToArray();
    }
}
