using Dressora.Web.Data;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>Looks how a job stands, by what was called in or by asking, and takes the step that follows.</summary>
internal sealed class Watcher(Database database, Breakers breakers, Finaliser finaliser, Endings endings, TimeProvider clock)
{
    /// <summary>A heartbeat never carries a job past its hold.</summary>
    private static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(110);
    private static readonly TimeSpan PaceMin = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan PaceMax = TimeSpan.FromSeconds(10);

    internal async Task WatchAsync(Claim claim, IProvider? provider, CancellationToken cancel)
    {
        var job = claim.Job;
        var calls = await CallRows.WaitingAsync(database, job.Id, cancel);
        var called = provider is null ? [] : await CalledAsync(job, provider, calls, cancel);
        var upTo = calls.Count > 0 ? calls[^1].Id : 0;
        var snapshot = Last(called);
        if (provider is not null && job.PollReference is { } reference && !IsWhole(snapshot))
        {
            var seen = await provider.PollAsync(reference, cancel);
            if (seen is { State: SnapshotState.Unclear, Error: { } error })
                breakers.Failed(provider.Name, error);
            snapshot = snapshot is null || seen.State != SnapshotState.Unclear ? seen : snapshot;
        }

        var isAlive = called.Any(one => one.State is SnapshotState.Queued or SnapshotState.Running);
        await StepAsync(claim, provider, snapshot, upTo, isAlive, cancel);
    }

    /// <summary>Whether a call told the end of a job whose asking was never answered; if so, it is done.</summary>
    internal async Task<bool> HasEndedAsync(Claim claim, IProvider provider, CancellationToken cancel)
    {
        var calls = await CallRows.WaitingAsync(database, claim.Job.Id, cancel);
        if (Last(await CalledAsync(claim.Job, provider, calls, cancel)) is not { } told || !IsWhole(told))
            return false;
        await StepAsync(claim, provider, told, calls[^1].Id, isAlive: false, cancel);
        return true;
    }

    /// <summary>What to finish a job with that somebody died over, or whose result could not be had the last time.</summary>
    internal async Task SaveAgainAsync(Claim claim, IProvider? provider, CancellationToken cancel)
    {
        var job = claim.Job;
        var snapshot = provider is null ? null
            : job.PollReference is { } reference ? await provider.PollAsync(reference, cancel)
            : Last(await CalledAsync(job, provider, await CallRows.VerifiedAsync(database, job.Id, cancel), cancel));
        if (provider is not null && snapshot is { State: SnapshotState.Succeeded, Outputs.Count: > 0 })
            await finaliser.TakeInAsync(claim, provider, snapshot, 0, cancel);
        else if (snapshot is { State: SnapshotState.Unclear } && clock.GetUtcNow() < job.Deadline)
            await finaliser.PostponeAsync(job, snapshot.Error!.Code);
        else
            await FailAsync(job, FailReason.Lost, "the result is nowhere to be had", 0);
    }

    private Task StepAsync(Claim claim, IProvider? provider, Snapshot? snapshot, long upTo, bool isAlive, CancellationToken cancel) =>
        snapshot switch
        {
            { State: SnapshotState.Succeeded, Outputs.Count: > 0 } => finaliser.TakeInAsync(claim, provider!, snapshot, upTo, cancel),
            { State: SnapshotState.Succeeded } => FailAsync(claim.Job, FailReason.Empty, "it said done and gave nothing", upTo),
            { State: SnapshotState.Failed } => FailAsync(claim.Job, ReasonOf(snapshot.Error), Words(snapshot.Error), upTo),
            { State: SnapshotState.Cancelled } => FailAsync(claim.Job, FailReason.MakerFailed, "the maker called it off", upTo),
            _ when clock.GetUtcNow() >= claim.Job.Deadline && !isAlive => ExpireAsync(claim.Job, provider, upTo, cancel),
            _ => GoOnAsync(claim, provider, snapshot, upTo, isAlive, cancel),
        };

    private async Task GoOnAsync(
        Claim claim, IProvider? provider, Snapshot? snapshot, long upTo, bool isAlive, CancellationToken cancel)
    {
        var job = claim.Job;
        if (provider is not null && snapshot?.Preview is { } preview && job.State == JobState.Working)
            job = await finaliser.ShowAsync(claim, provider, preview, cancel);
        await database.WriteAsync(
            async write =>
            {
                await CallRows.AppliedAsync(write, job.Id, upTo);
                var due = await CallRows.AnyAsync(write, job.Id) ? write.Now : Earlier(write.Now + Pace(job, write.Now), job.Deadline, write.Now);
                var seen = job.Seen(snapshot?.Progress, snapshot?.Position, due);
                if (isAlive)
                    seen = seen.AliveUntil(Earlier(write.Now + claim.Model.Life, job.CreatedAt + LifeMax, write.Now));
                await JobRows.SaveAsync(write, job, seen);
            },
            CancellationToken.None);
    }

    private async Task ExpireAsync(Job job, IProvider? provider, long upTo, CancellationToken cancel)
    {
        var isLost = job.PollReference is null;
        if (await FailAsync(job, isLost ? FailReason.Lost : FailReason.Deadline, "no result in time", upTo)
            && provider is { Traits.CanCancel: true } && job.PollReference is { } reference)
            await provider.CancelAsync(reference, cancel);
    }

    private Task<bool> FailAsync(Job job, FailReason reason, string detail, long upTo) => database.WriteAsync(
        async write =>
        {
            await CallRows.AppliedAsync(write, job.Id, upTo);
            return await endings.FailAsync(write, job, reason, detail);
        },
        CancellationToken.None);

    private static async Task<List<Snapshot>> CalledAsync(
        Job job, IProvider provider, IReadOnlyList<JobCall> calls, CancellationToken cancel)
    {
        var called = new List<Snapshot>();
        foreach (var call in calls.Where(call => call.Verdict == CallVerdict.Verified))
        {
            if (await provider.ReadCallbackAsync(call.Again(job), cancel) is Callback.Verified verified)
                called.Add(verified.Snapshot);
        }

        return called;
    }

    /// <summary>An end is the last word, whatever order the calls came in.</summary>
    private static Snapshot? Last(List<Snapshot> called) => called.FirstOrDefault(IsEnd) ?? called.LastOrDefault();

    private static bool IsEnd(Snapshot snapshot) =>
        snapshot.State is SnapshotState.Succeeded or SnapshotState.Failed or SnapshotState.Cancelled;

    /// <summary>Some say "done" in a call and leave the result to be asked for.</summary>
    private static bool IsWhole(Snapshot? snapshot) =>
        snapshot is not null && IsEnd(snapshot) && (snapshot.State != SnapshotState.Succeeded || snapshot.Outputs.Count > 0);

    private static TimeSpan Pace(Job job, DateTimeOffset now)
    {
        var pace = (now - (job.SentAt ?? now)) / 10;
        return pace < PaceMin ? PaceMin : pace > PaceMax ? PaceMax : pace;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other, DateTimeOffset now) =>
        other > now && other < one ? other : one;

    private static FailReason ReasonOf(ProviderError? error) => error?.Class switch
    {
        ErrorClass.RejectedContent => FailReason.Refused,
        ErrorClass.BadInput => FailReason.BadInput,
        _ => FailReason.MakerFailed,
    };

    private static string Words(ProviderError? error) => error is null ? "" : $"{error.Code}: {error.Message}";
}
