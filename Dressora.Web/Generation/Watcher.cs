using Dressora.Web.Data;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>Looks how a job stands, by what was called in or by asking, and takes the step that follows.</summary>
internal sealed partial class Watcher(
    Database database, Breakers breakers, Finaliser finaliser, Endings endings, TimeProvider clock, ILogger<Watcher> log)
{
    /// <summary>A heartbeat never carries a job past its hold.</summary>
    private static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(110);
    private static readonly TimeSpan PaceMin = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan PaceMax = TimeSpan.FromSeconds(10);

    internal async Task WatchAsync(Claim claim, IProvider? provider, CancellationToken cancel)
    {
        var job = claim.Job;
        var calls = await CallRows.WaitingAsync(database, job.Id, cancel);
        var called = provider is null ? [] : await Told.ReadAsync(job, provider, calls, cancel);
        var upTo = calls.Count > 0 ? calls[^1].Id : 0;
        var snapshot = Told.Last(called);
        if (provider is not null && job.PollReference is { } reference && !Told.IsWhole(snapshot))
        {
            var seen = await provider.PollAsync(reference, cancel);
            if (seen is { State: SnapshotState.Unclear, Error: { } error })
                Note(job, provider, error);
            snapshot = snapshot is null || seen.State != SnapshotState.Unclear ? seen : snapshot;
        }

        var isAlive = called.Any(one => one.State is SnapshotState.Queued or SnapshotState.Running);
        await StepAsync(claim, provider, snapshot, upTo, isAlive, cancel);
    }

    /// <summary>Whether a call told the end of a job whose asking was never answered; if so, it is done.</summary>
    internal async Task<bool> HasEndedAsync(Claim claim, IProvider provider, CancellationToken cancel)
    {
        var calls = await CallRows.WaitingAsync(database, claim.Job.Id, cancel);
        if (Told.Last(await Told.ReadAsync(claim.Job, provider, calls, cancel)) is not { } told || !Told.IsWhole(told))
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
            : Told.Last(await Told.ReadAsync(job, provider, await CallRows.VerifiedAsync(database, job.Id, cancel), cancel));
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
            _ when clock.GetUtcNow() >= claim.Job.Deadline && !isAlive => FailAsync(
                claim.Job, claim.Job.PollReference is null ? FailReason.Lost : FailReason.Deadline, "no result in time", upTo),
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
                var seen = job.Seen(snapshot?.Progress, snapshot?.Position, due) with
                {
                    Detail = snapshot?.Error is { Code: WireErrors.UnknownStatus } unknown ? Words(unknown) : job.Detail,
                };
                if (isAlive)
                    seen = seen.AliveUntil(Earlier(write.Now + claim.Model.Life, job.CreatedAt + LifeMax, write.Now));
                await JobRows.SaveAsync(write, job, seen);
            },
            CancellationToken.None);
    }

    /// <summary>A word that we do not know is no outage: it is asked again until the deadline, and written down once.</summary>
    private void Note(Job job, IProvider provider, ProviderError error)
    {
        if (error.Code != WireErrors.UnknownStatus)
            breakers.Failed(provider.Name, error);
        else if (job.Detail != Words(error))
            Log.UnknownStatus(log, provider.Name, job.Id, error.Message);
    }

    private Task<bool> FailAsync(Job job, FailReason reason, string detail, long upTo) => database.WriteAsync(
        async write =>
        {
            await CallRows.AppliedAsync(write, job.Id, upTo);
            return await endings.FailAsync(write, job, reason, detail);
        },
        CancellationToken.None);

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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} on job {Job}: {Why}")]
        public static partial void UnknownStatus(ILogger logger, string provider, string job, string why);
    }
}
