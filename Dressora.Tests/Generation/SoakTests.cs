using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Generation;

/// <summary>
/// Many people, a fifth of everything failing, some tapping twice and some calling off. DRESSORA_SOAK is the number of
/// jobs, DRESSORA_SEED their fates.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int People = 10;
    private const string Well = "well";
    private static readonly string[] Ill =
        ["refused", "bad_input", "down", "busy", "unsupported", "lost", "fails", "stops", "empty", "broken", "hangs", "unclear"];

    private static readonly int Jobs = Number("DRESSORA_SOAK", 60);
    private static readonly int Seed = Number("DRESSORA_SEED", 20311);

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Whatever_fails_every_job_ends_in_time_and_the_books_agree(Engine engine)
    {
        var (first, second) = (new ScriptedMaker("worker"), new ScriptedMaker());
        await using var shop = await Workshop.OpenAsync(engine, makers: [first, second]);
        foreach (var maker in shop.Makers)
            (maker.OnSubmit, maker.OnPoll) = (SubmitAsync, Poll);
        await shop.Site.Database.WriteAsync(write => write.RunAsync($"UPDATE models SET life_seconds = {60}"));
        var people = new List<(long Id, string Person, string Garment)>();
        for (var n = 0; n < People; n++)
            people.Add(await shop.JoinAsync($"person{n}@example.org", 100L * Jobs));

        var asking = Task.WhenAll(people.Select((who, n) => Task.Run(() => AskAllAsync(shop, who, new Random(Seed + n)))));
        var left = 1;
        while (!asking.IsCompleted || left > 0)
        {
            shop.Site.Clock.Advance(TimeSpan.FromMilliseconds(250));
            shop.Site.Services.GetRequiredService<JobBell>().Ring();
            await Task.Delay(10);
            left = await shop.Site.ReadAsync(db => db.Jobs.CountAsync(
                job => job.State != JobState.Done && job.State != JobState.Failed && job.State != JobState.Cancelled));
        }

        await asking;
        await EnsureAsync(shop, people);
    }

    private async Task EnsureAsync(Workshop shop, List<(long Id, string Person, string Garment)> people)
    {
        await shop.EnsureBooksAsync();
        var jobs = await shop.Site.ReadAsync(db => db.Jobs.ToListAsync());
        output.WriteLine($"seed {Seed}: " + string.Join(", ", jobs.GroupBy(job => $"{job.State} {job.Reason}".Trim())
            .OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}")));
        Assert.Equal(Jobs, jobs.Count);
        Assert.All(jobs, job => Assert.True(job.FinishedAt - job.CreatedAt < TimeSpan.FromHours(2), $"{job}"));
        Assert.True(jobs.Count(job => job.State == JobState.Done) > Jobs / 2, "Most should have gone well.");
        foreach (var who in people)
        {
            var charged = jobs.Where(job => job.UserId == who.Id).Sum(job => job.Charged);
            var has = (await shop.Site.Services.GetRequiredService<Balances>().OfAsync(who.Id, "UTC")).Available;
            Assert.Equal((100L * Jobs) - charged, has);
        }
    }

    private static async Task AskAllAsync(Workshop shop, (long Id, string Person, string Garment) who, Random random)
    {
        for (var n = 0; n < Jobs / People; n++)
        {
            var fate = random.Next(5) == 0 ? Ill[random.Next(Ill.Length)] : Well;
            var (taps, isCalledOff) = (random.Next(4) == 0 ? 3 : 1, random.Next(15) == 0);
            SubmitOutcome[] outcomes;
            do
            {
                outcomes = await Task.WhenAll(Enumerable.Range(0, taps).Select(_ => shop.AskAsync(who, $"job-{n}", scenario: fate)));
                if (outcomes.Any(outcome => outcome is SubmitOutcome.TooManyWaiting))
                    await Task.Delay(20);
            }
            while (!outcomes.Any(outcome => outcome is SubmitOutcome.Submitted or SubmitOutcome.TheSame));
            if (isCalledOff && outcomes.OfType<SubmitOutcome.Submitted>().FirstOrDefault() is { } submitted)
                await shop.Generator.CancelAsync(who.Id, submitted.Job.Id);
        }
    }

    private static Task<Submission> SubmitAsync(ProviderRequest request)
    {
        var fate = (string?)request.Parameters["scenario"] ?? Well;
        ErrorClass? refusal = fate switch
        {
            "refused" => ErrorClass.RejectedContent,
            "bad_input" => ErrorClass.BadInput,
            "down" => ErrorClass.Transient,
            "busy" => ErrorClass.RateLimited,
            "unsupported" => ErrorClass.Unsupported,
            _ => null,
        };
        return Task.FromResult<Submission>(
            refusal is { } error ? new Submission.Rejected(new(error, fate, "It was told to."))
            : fate == "lost" ? new Submission.Unknown("the wire broke")
            : new Submission.Accepted("ext-" + request.JobId, $"{fate}/{request.JobId}"));
    }

    private static Snapshot Poll(string reference) => reference.Split('/')[0] switch
    {
        "fails" => Snapshot.Failed(ScriptedMaker.Down),
        "stops" => new Snapshot(SnapshotState.Cancelled),
        "empty" => new Snapshot(SnapshotState.Succeeded),
        "broken" => new Snapshot(SnapshotState.Succeeded, Finals: [new ProviderOutput(null, Drawing.Png().AsMemory(0, 60))]),
        "hangs" => ScriptedMaker.Running(50),
        "unclear" => Snapshot.Unclear(ScriptedMaker.Down),
        _ => ScriptedMaker.Made(),
    };

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
