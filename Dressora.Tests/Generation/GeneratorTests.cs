using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>Asking: what is held, what is the same, and who comes next.</summary>
public sealed class GeneratorTests
{
    [Fact]
    public async Task A_job_that_ends_well_is_settled_once_and_its_result_is_kept()
    {
        await using var shop = await Workshop.OpenAsync();

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Done, Workshop.Price), (job.State, job.Charged));
        Assert.Equal(1_000 - Workshop.Price, await shop.AvailableAsync());
        var result = await shop.Site.ReadAsync(db => db.Results.SingleAsync());
        Assert.Equal((job.Id, ResultState.Kept), (result.JobId, result.State));
        var file = await shop.Site.ReadAsync(db => db.MediaItems.SingleAsync(item => item.Id == result.MediaId));
        Assert.Equal((32, 40, shop.UserId), (file.Width, file.Height, file.OwnerId));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task The_maker_is_told_what_was_asked_and_shown_the_photos()
    {
        await using var shop = await Workshop.OpenAsync();
        var job = await shop.EndAsync(await shop.SubmitAsync());

        var asked = Assert.Single(shop.Maker.Asked);

        Assert.Equal((job.Id, JobKind.TryOn, "try-on"), (asked.JobId, asked.Kind, asked.Model));
        Assert.Equal("top", (string?)asked.Parameters["category"]);
        Assert.Equal(["person", "garment"], asked.Inputs.Select(input => input.Role));
        Assert.All(asked.Inputs, input => Assert.True(input.Bytes.Length > 50));
        Assert.EndsWith($"/hooks/providers/sandbox/{job.Id}/{job.CallbackToken}", asked.Callback!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_too_few_credits_nothing_is_held_and_there_is_no_job()
    {
        await using var shop = await Workshop.OpenAsync(credits: 19);

        var outcome = await shop.AskAsync();

        Assert.Equal(new SubmitOutcome.NotEnough(19, 20), outcome);
        Assert.Equal(0, await shop.Site.ReadAsync(db => db.Jobs.CountAsync()));
        Assert.Equal(19, await shop.AvailableAsync());
    }

    [Fact]
    public async Task Whoever_buys_credits_after_a_refusal_may_ask_again_under_the_same_name()
    {
        await using var shop = await Workshop.OpenAsync(credits: 0);
        Assert.IsType<SubmitOutcome.NotEnough>(await shop.AskAsync());

        await shop.Site.GiveAsync(shop.UserId, 100);

        Assert.IsType<SubmitOutcome.Submitted>(await shop.AskAsync());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_same_asked_fifty_times_at_once_is_one_job_and_one_hold(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => shop.AskAsync())));

        Assert.Single(outcomes, outcome => outcome is SubmitOutcome.Submitted);
        Assert.Equal(49, outcomes.Count(outcome => outcome is SubmitOutcome.TheSame));
        Assert.Equal(1_000 - Workshop.Price, await shop.AvailableAsync());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Fifty_at_once_with_credit_for_one_make_one_job(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine, credits: 39);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => shop.AskAsync($"ask-{n}"))));

        Assert.Single(outcomes, outcome => outcome is SubmitOutcome.Submitted);
        Assert.Equal(49, outcomes.Count(outcome => outcome is SubmitOutcome.NotEnough));
    }

    [Fact]
    public async Task The_same_name_for_something_else_is_refused()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.SubmitAsync();

        Assert.IsType<SubmitOutcome.OtherContent>(await shop.AskAsync(category: "bottom"));
    }

    [Fact]
    public async Task People_take_turns_however_much_one_of_them_asks_for()
    {
        await using var shop = await Workshop.OpenAsync();
        var other = await shop.JoinAsync("ravi@example.org", 1_000);
        shop.Maker.IsReady = true;
        var gate = new TaskCompletionSource();
        shop.Maker.OnSubmit = async request =>
        {
            await gate.Task;
            return new Submission.Rejected(new(ErrorClass.BadInput, "no", "No."));
        };
        for (var n = 0; n < 12; n++)
            await shop.SubmitAsync($"mine-{n}");
        var theirs = ((SubmitOutcome.Submitted)await shop.AskAsync(other, "theirs")).Job;
        var waiting = await shop.Site.ReadAsync(db => db.Jobs.Where(job => job.UserId == shop.UserId && job.State == JobState.Queued)
            .OrderBy(job => job.Turn).ToListAsync());

        Assert.True(theirs.Turn <= waiting[0].Turn, $"{theirs.Turn} comes after {waiting[0].Turn}");
        gate.SetResult();
        await shop.EndAsync(theirs);
    }

    [Fact]
    public async Task More_than_twenty_do_not_wait_for_one_person()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Answers(new Submission.Rejected(ScriptedMaker.Down));
        SubmitOutcome last = new SubmitOutcome.NoMaker();
        for (var n = 0; n < 40 && last is not SubmitOutcome.TooManyWaiting; n++)
            last = await shop.AskAsync($"ask-{n}");

        Assert.Equal(new SubmitOutcome.TooManyWaiting(Generator.WaitingMax), last);
    }

    [Fact]
    public async Task Where_nobody_can_make_it_nothing_is_held()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.IsReady = false;

        Assert.IsType<SubmitOutcome.NoMaker>(await shop.AskAsync());
        Assert.Equal(1_000, await shop.AvailableAsync());
    }

    [Fact]
    public void What_is_asked_is_the_same_in_whatever_order_it_is_typed()
    {
        static byte[] Of(string json, string sha = "a") => new JobOrder(
            1, "x", "try-on", JobKind.TryOn, JsonNode.Parse(json)!.AsObject(), [new("person", "1", sha)]).Fingerprint();

        Assert.Equal(Of("""{"a":1,"b":{"c":2,"d":3}}"""), Of("""{"b":{"d":3,"c":2},"a":1}"""));
        Assert.NotEqual(Of("""{"a":1}"""), Of("""{"a":2}"""));
        Assert.NotEqual(Of("""{"a":1}"""), Of("""{"a":1}""", "b"));
    }
}
