using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Notices;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>
/// The one place where a result becomes somebody's, whichever way it came: copied into our storage first, then one write
/// that finishes the job, settles it, and makes room in the history.
/// </summary>
internal sealed partial class Finaliser(
    Database database, Collector collector, MediaStore media, CreditLedger ledger, History history, Endings endings, NoticeBoard board,
    ILogger<Finaliser> log)
{
    /// <summary>Fetching and storing are tried six times over some ten minutes; then the credits go back.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)];

    /// <summary>A job that is under this worker's lease, with everything its maker made.</summary>
    internal async Task TakeInAsync(Claim claim, IProvider provider, Snapshot snapshot, long callsUpTo, CancellationToken cancel)
    {
        if (await ArriveAsync(claim.Job, callsUpTo) is not { } job)
            return;
        var collected = await collector.CollectAsync(job, provider, snapshot.Outputs, cancel);
        if (collected.Files.Count < Math.Min(job.Count, snapshot.Outputs.Count) && collected.CanTryAgain && job.SaveAttempts < Pauses.Length)
        {
            await DropAsync(collected.Files);
            await PostponeAsync(job, collected.Why);
        }
        else if (collected.Files.Count == 0)
            await database.WriteAsync(
                write => endings.FailAsync(
                    write, job, collected.StoreIsDown ? FailReason.Storage : FailReason.BadResult, collected.Why),
                CancellationToken.None);
        else if (!await FinishAsync(job, claim.Model, collected.Files))
            await DropAsync(collected.Files);
    }

    internal Task PostponeAsync(Job job, string why) => job.SaveAttempts >= Pauses.Length
        ? database.WriteAsync(write => endings.FailAsync(write, job, FailReason.BadResult, why), CancellationToken.None)
        : database.WriteAsync(
            write => JobRows.SaveAsync(write, job, job.SavedLater(write.Now + Pauses[job.SaveAttempts], why)), CancellationToken.None);

    /// <summary>The early picture; the job as it stands after it, under the same lease.</summary>
    internal async Task<Job> ShowAsync(Claim claim, IProvider provider, ProviderOutput preview, CancellationToken cancel)
    {
        var job = claim.Job;
        var collected = await collector.PreviewAsync(job, provider, preview, cancel);
        if (collected is null)
            return job;
        var shown = await database.WriteAsync<Job?>(
            async write =>
            {
                var after = job.Previewed(collected.Id, write.Now);
                if (!await JobRows.SaveAsync(write, job, after))
                    return null;
                media.Keep(write, collected, Purpose.Preview);
                return after;
            },
            CancellationToken.None);
        if (shown is null)
            await media.DropAsync(collected);
        return shown ?? job;
    }

    private Task<Job?> ArriveAsync(Job job, long callsUpTo) => job.State == JobState.Saving
        ? Task.FromResult<Job?>(job)
        : database.WriteAsync<Job?>(
            async write =>
            {
                var arrived = job.Arrived();
                if (!await JobRows.SaveAsync(write, job, arrived))
                    return null;
                await CallRows.AppliedAsync(write, job.Id, callsUpTo);
                return arrived;
            },
            CancellationToken.None);

    /// <summary>False when the job ended while the files were on their way: then they are nobody's.</summary>
    private async Task<bool> FinishAsync(Job job, Model model, IReadOnlyList<StoredFile> files)
    {
        try
        {
            return await SettleAsync(job, model, files);
        }
        catch (HoldGoneException)
        {
            return await LateAsync(job);
        }
    }

    private Task<bool> SettleAsync(Job job, Model model, IReadOnlyList<StoredFile> files) => database.WriteAsync(
        async write =>
        {
            var unit = job.Price / job.Count;
            var charge = files.Count * (job.Scope == Scopes.Any ? Math.Min(unit, model.Price) : unit);
            var done = job.Finished(write.Now, charge);
            if (!await JobRows.SaveAsync(write, job, done))
                return false;
            switch (await ledger.SettleAsync(write, new Command($"settle:{job.Id}"), job.Reference, charge))
            {
                case Settled:
                    break;
                case AlreadyReleased:
                    // It took longer than its hold lived, and the credits are back: what was given back is never taken again.
                    throw new HoldGoneException();
                case var other:
                    throw new InvalidOperationException($"{job.Reference} finished and its hold answered {other}.");
            }

            await history.AddAsync(write, done, [.. files.Select(file => media.Keep(write, file, Purpose.Result))]);
            await board.PutUpAsync(write, job.UserId, NoticeKind.Done, done.Path, write.Now - job.CreatedAt);
            await ModelRows.LearnAsync(write, done);
            Log.Done(log, job.Id, files.Count, charge);
            return true;
        },
        CancellationToken.None);

    private Task<bool> LateAsync(Job job) => database.WriteAsync(
        async write =>
        {
            await endings.FailAsync(write, job, FailReason.Deadline, "the result came when its credits had gone back");
            return false;
        },
        CancellationToken.None);

    private async Task DropAsync(IReadOnlyList<StoredFile> files)
    {
        foreach (var file in files)
            await media.DropAsync(file);
    }

    private sealed class HoldGoneException : Exception;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} done: {Files} results for {Charge}")]
        public static partial void Done(ILogger logger, string job, int files, long charge);
    }
}
