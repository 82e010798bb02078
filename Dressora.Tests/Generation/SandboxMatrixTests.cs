using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Dressora.Web.Providers.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>Every script of the sandbox, over real HTTP, to every end it can have, on whichever engine.</summary>
public abstract class SandboxMatrix(Engine engine)
{
    private const int TriesMax = 20;

    /// <summary>How each ends when nobody interferes; null is well.</summary>
    private static readonly Dictionary<SandboxScenario, FailReason?> Ends = new()
    {
        [SandboxScenario.Ok] = null,
        [SandboxScenario.Slow] = null,
        [SandboxScenario.Never] = FailReason.Deadline,
        [SandboxScenario.NoPreview] = null,
        [SandboxScenario.FailTransient] = FailReason.MakerFailed,
        [SandboxScenario.FailRateLimited] = FailReason.MakerFailed,
        [SandboxScenario.FailContent] = FailReason.Refused,
        [SandboxScenario.FailInput] = FailReason.BadInput,
        [SandboxScenario.FailAuth] = FailReason.MakerFailed,
        [SandboxScenario.FailFunds] = FailReason.MakerFailed,
        [SandboxScenario.FailTimeout] = FailReason.MakerFailed,
        [SandboxScenario.RefuseTransient] = FailReason.NoMaker,
        [SandboxScenario.RefuseRateLimited] = FailReason.NoMaker,
        [SandboxScenario.RefuseContent] = FailReason.Refused,
        [SandboxScenario.RefuseInput] = FailReason.BadInput,
        [SandboxScenario.RefuseAuth] = FailReason.NoMaker,
        [SandboxScenario.RefuseFunds] = FailReason.NoMaker,
        [SandboxScenario.LostAnswer] = null,
        [SandboxScenario.SilentAnswer] = null,
        [SandboxScenario.HtmlAnswer] = FailReason.NoMaker,
        [SandboxScenario.EarlyCallback] = null,
        [SandboxScenario.LostCallback] = null,
        [SandboxScenario.DuplicateCallback] = null,
        [SandboxScenario.ForgedCallback] = null,
        [SandboxScenario.StaleCallback] = null,
        [SandboxScenario.OutOfOrder] = null,
        [SandboxScenario.UnknownStatus] = null,
        [SandboxScenario.NoMedia] = FailReason.Refused,
        [SandboxScenario.ExpiredResult] = FailReason.BadResult,
        [SandboxScenario.EndlessResult] = FailReason.BadResult,
        [SandboxScenario.OversizedResult] = FailReason.BadResult,
        [SandboxScenario.BrokenResult] = FailReason.BadResult,
        [SandboxScenario.HtmlResult] = FailReason.BadResult,
        [SandboxScenario.CancelTooLate] = null,
    };

    /// <summary>Where a worker waits for long, so that time may run beside it; the maker's own work takes its real time all the same.</summary>
    private static readonly SandboxScenario[] Long =
        [SandboxScenario.Never, SandboxScenario.SilentAnswer, SandboxScenario.ExpiredResult, SandboxScenario.EndlessResult];

    [Fact]
    public async Task Left_alone_every_script_ends_as_it_should()
    {
        await using var shop = await Workshop.OpenRealAsync(engine);
        var wrong = new List<string>();

        foreach (var scenario in Enum.GetValues<SandboxScenario>())
        {
            shop.Site.Services.GetRequiredService<Breakers>().Reset("sandbox");
            var asked = await shop.SubmitAsync($"{scenario}", Script(scenario, final: scenario == SandboxScenario.Slow ? 60 : 1));
            var job = await shop.LeapAsync(asked, now => now.IsOver, scenario == SandboxScenario.Never ? 1 : 0.25, Long.Contains(scenario) ? 0.5 : 0.05);
            var expected = Ends[scenario] is null ? JobState.Done : JobState.Failed;
            if ((job.State, job.Reason) != (expected, Ends[scenario]) || job.FinishedAt > job.CreatedAt + TimeSpan.FromHours(1))
                wrong.Add($"{scenario}: {job.State} {job.Reason} ({job.Detail})");
        }

        Assert.Empty(wrong);
        Assert.Equal(10_000 - (Workshop.Price * Ends.Values.Count(reason => reason is null)), await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task Called_off_every_script_costs_nothing_and_stays_called_off()
    {
        await using var shop = await Workshop.OpenRealAsync(engine);
        var cancelled = new Dictionary<SandboxScenario, string>();
        var charged = 0L;

        foreach (var scenario in Enum.GetValues<SandboxScenario>())
        {
            for (var n = 0; n < TriesMax && !cancelled.ContainsKey(scenario); n++)
            {
                shop.Site.Services.GetRequiredService<Breakers>().Reset("sandbox");
                var asked = await shop.SubmitAsync($"{scenario}-{n}", Script(scenario, IsSaved(scenario) ? 1 : 30));
                await shop.LeapAsync(asked, now => IsMoment(scenario, now), leap: 1, creep: 0);
                if (await shop.Generator.CancelAsync(shop.UserId, asked.Id) == CancelOutcome.Cancelled)
                    cancelled[scenario] = asked.Id;
                else
                    charged += (await shop.FindAsync(asked.Id)).Charged;
            }
        }

        Assert.Empty(Enum.GetValues<SandboxScenario>().Except(cancelled.Keys));
        await LetItHappenAsync(shop);
        foreach (var id in cancelled.Values)
            Assert.Equal(JobState.Cancelled, (await shop.FindAsync(id)).State);
        Assert.Equal(10_000 - charged, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task An_outfit_in_words_alone_goes_to_whoever_makes_that()
    {
        await using var shop = await Workshop.OpenRealAsync(engine, "Providers:FalKey=a-key-that-nobody-asks-with", "Providers:FalAddress=http://127.0.0.1:9/");
        var outcome = await shop.AskAsync(shop.UserId, "words", new(
            new Dictionary<string, string> { ["category"] = "top", ["description"] = "a red linen shirt", ["scenario"] = "ok preview=0 final=1" },
            new Dictionary<string, string> { ["person"] = shop.Person }));

        var job = await shop.LeapAsync(((SubmitOutcome.Submitted)outcome).Job, now => now.IsOver);

        Assert.Equal(JobState.Done, job.State);
        Assert.Equal(2, job.TriedModels.Count);
        await shop.EnsureBooksAsync();
    }

    private static string Script(SandboxScenario scenario, int final) => $"{scenario} preview=0 final={final} plain";

    private static bool IsSaved(SandboxScenario scenario) => scenario is SandboxScenario.ExpiredResult or SandboxScenario.EndlessResult;

    /// <summary>What is refused at once is called off on its way there, everything else when its maker has it.</summary>
    private static bool IsMoment(SandboxScenario scenario, Job job) =>
        scenario is >= SandboxScenario.RefuseTransient and <= SandboxScenario.RefuseFunds or SandboxScenario.HtmlAnswer
        || job.IsOver || (IsSaved(scenario) ? job.State == JobState.Saving : job.State != JobState.Queued);

    private static async Task LetItHappenAsync(Workshop shop)
    {
        for (var i = 0; i < 120; i++)
        {
            shop.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }
    }
}

public sealed class SqliteSandboxMatrixTests() : SandboxMatrix(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresSandboxMatrixTests() : SandboxMatrix(Engine.Postgres);
