using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>What makers do wrong, and that it never costs the person.</summary>
public sealed class MakerFaultTests
{
    private static Submission No(ErrorClass error, TimeSpan? after = null) => new Submission.Rejected(new(error, "code", "words", after));

    [Fact]
    public async Task A_maker_that_is_down_for_a_moment_is_asked_again()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.AnswersInTurn(No(ErrorClass.Transient), No(ErrorClass.Timeout), No(ErrorClass.RateLimited));

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Done, 4), (job.State, shop.Maker.Asked.Count));
        Assert.Single(shop.Maker.Asked.Select(request => request.IdempotencyKey).Distinct());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_maker_that_stays_down_is_asked_four_times_and_the_credits_go_back()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Answers(No(ErrorClass.Transient));

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Failed, FailReason.NoMaker), (job.State, job.Reason));
        Assert.Equal(4, shop.Maker.Asked.Count);
        Assert.Equal(1_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_word_that_nobody_knows_is_no_outage_and_is_written_down_once()
    {
        await using var shop = await Workshop.OpenAsync();
        var looks = 0;
        shop.Maker.OnPoll = _ => ++looks < 12
            ? Snapshot.Unclear(new(ErrorClass.Transient, "unknown_status", "A status that is not known: pondering"))
            : ScriptedMaker.Made();

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Done, ""), (job.State, job.Detail));
        Assert.Empty(shop.Site.Services.GetRequiredService<Breakers>().View(shop.Maker.Name).LastErrors);
        Assert.Single(shop.Site.Log.Troubles, line => line.Text.Contains("pondering", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ErrorClass.Auth, 1)]
    [InlineData(ErrorClass.OutOfFunds, 1)]
    [InlineData(ErrorClass.Transient, 4)]
    public async Task The_next_model_takes_over(ErrorClass error, int asked)
    {
        var (first, second) = (new ScriptedMaker("worker"), new ScriptedMaker());
        await using var shop = await Workshop.OpenAsync(makers: [first, second]);
        first.Answers(No(error));

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Done, asked, 1), (job.State, first.Asked.Count, second.Asked.Count));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task Who_asks_for_more_patience_than_a_minute_is_passed_over()
    {
        var (first, second) = (new ScriptedMaker("worker"), new ScriptedMaker());
        await using var shop = await Workshop.OpenAsync(makers: [first, second]);
        first.Answers(No(ErrorClass.RateLimited, TimeSpan.FromDays(400)));

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Done, 1), (job.State, first.Asked.Count));
    }

    [Fact]
    public async Task A_moments_patience_is_kept_to_the_second()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.AnswersInTurn(No(ErrorClass.RateLimited, TimeSpan.FromSeconds(40)));
        var job = await shop.SubmitAsync();

        var waiting = await shop.UntilAsync(job.Id, now => now.State == JobState.Queued && now.Attempts == 1, TimeSpan.FromMilliseconds(1));

        Assert.InRange(waiting.DueAt - FakeClock.Start, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(41));
        Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
    }

    [Theory]
    [InlineData(ErrorClass.RejectedContent, FailReason.Refused)]
    [InlineData(ErrorClass.BadInput, FailReason.BadInput)]
    public async Task A_refusal_ends_the_job_and_gives_the_credits_back(ErrorClass error, FailReason reason)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Answers(No(error));

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Failed, reason, 1), (job.State, job.Reason, shop.Maker.Asked.Count));
        Assert.Equal(1_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_lost_answer_is_never_paid_twice_and_its_call_still_brings_the_result()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Answers(new Submission.Unknown("the wire broke"));
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);

        Assert.Equal(200, await shop.CallAsync(job, ScriptedMaker.Says("Succeeded")));

        Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
        Assert.Single(shop.Maker.Asked);
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_lost_answer_without_a_call_ends_at_the_deadline_with_the_credits_back()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Answers(new Submission.Unknown("the wire broke"));

        var job = await shop.EndAsync(await shop.SubmitAsync(), TimeSpan.FromSeconds(20));

        Assert.Equal((JobState.Failed, FailReason.Lost, 1), (job.State, job.Reason, shop.Maker.Asked.Count));
        Assert.Equal(1_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task Who_takes_the_same_key_as_one_job_is_asked_again_with_it()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Traits = shop.Maker.Traits with { HonoursKeys = true };
        shop.Maker.AnswersInTurn(new Submission.Unknown("the wire broke"), new Submission.Unknown("again"));

        var job = await shop.EndAsync(await shop.SubmitAsync());

        Assert.Equal((JobState.Done, 3), (job.State, shop.Maker.Asked.Count));
        Assert.Single(shop.Maker.Asked.Select(request => request.IdempotencyKey).Distinct());
    }

    [Fact]
    public async Task What_never_ends_is_asked_about_once_more_at_the_deadline_and_called_off()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running(50);

        var job = await shop.EndAsync(await shop.SubmitAsync(), TimeSpan.FromSeconds(10));

        Assert.Equal((JobState.Failed, FailReason.Deadline), (job.State, job.Reason));
        await WaitAsync(() => shop.Maker.Cancelled.Count == 1);
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_maker_that_fails_or_stops_after_it_began_costs_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        var answers = new Queue<Snapshot>([Snapshot.Failed(ScriptedMaker.Down), new Snapshot(SnapshotState.Cancelled), new Snapshot(SnapshotState.Succeeded)]);
        shop.Maker.OnPoll = _ => answers.Dequeue();

        var ends = new[]
        {
            await shop.EndAsync(await shop.SubmitAsync("1")), await shop.EndAsync(await shop.SubmitAsync("2")), await shop.EndAsync(await shop.SubmitAsync("3")),
        };

        Assert.Equal([FailReason.MakerFailed, FailReason.MakerFailed, FailReason.Empty], ends.Select(job => job.Reason!.Value));
        Assert.Equal(1_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_dead_wire_while_it_works_is_no_end()
    {
        await using var shop = await Workshop.OpenAsync();
        var answers = new Queue<Snapshot>([Snapshot.Unclear(ScriptedMaker.Down), ScriptedMaker.Running(10), Snapshot.Unclear(ScriptedMaker.Down)]);
        shop.Maker.OnPoll = _ => answers.TryDequeue(out var snapshot) ? snapshot : ScriptedMaker.Made();

        Assert.Equal(JobState.Done, (await shop.EndAsync(await shop.SubmitAsync())).State);
    }

    [Fact]
    public async Task A_result_that_is_no_picture_is_no_result()
    {
        await using var shop = await Workshop.OpenAsync();
        byte[][] wrong = ["<html>Sorry</html>"u8.ToArray(), [], Drawing.Png()[..60], "GIF89a"u8.ToArray()];
        var jobs = new List<Job>();
        foreach (var (bytes, n) in wrong.Select((bytes, n) => (bytes, n)))
        {
            shop.Maker.OnPoll = _ => new Snapshot(SnapshotState.Succeeded, Finals: [new ProviderOutput(null, bytes, "image/png")]);
            jobs.Add(await shop.EndAsync(await shop.SubmitAsync($"{n}")));
        }

        Assert.All(jobs, job => Assert.Equal((JobState.Failed, FailReason.BadResult), (job.State, job.Reason)));
        Assert.Equal(1_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Theory]
    [InlineData("http://cdn.example.org/a.png")]
    [InlineData("https://127.0.0.1/a.png")]
    [InlineData("https://elsewhere.example.net/a.png")]
    public async Task A_result_that_lies_where_makers_do_not_put_results_is_not_fetched(string address)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Traits = shop.Maker.Traits with { ResultHosts = ["cdn.example.org"] };
        shop.Maker.OnPoll = _ => new Snapshot(SnapshotState.Succeeded, Finals: [new ProviderOutput(new Uri(address))]);

        var job = await shop.EndAsync(await shop.SubmitAsync(), TimeSpan.FromSeconds(20));

        Assert.Equal((JobState.Failed, FailReason.BadResult), (job.State, job.Reason));
        Assert.Empty(shop.Site.Network.Calls);
        await shop.EnsureBooksAsync();
    }

    private static async Task WaitAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 500 && !isSo(); i++)
            await Task.Delay(10);
        Assert.True(isSo());
    }
}
