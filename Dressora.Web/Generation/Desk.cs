using Dressora.Web.Data;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>One look at one job: who looks at it depends on where it stands. A long look keeps its lease.</summary>
internal sealed partial class Desk(Database database, Queue queue, Sender sender, Watcher watcher, TimeProvider clock, ILogger<Desk> log)
{
    private static readonly TimeSpan Renewing = Queue.Lease / 3;

    internal async Task WorkAsync(Claim claim, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var renewing = RenewAsync(claim, over.Token);
        try
        {
            await LookAsync(claim, cancel);
        }
        finally
        {
            await over.CancelAsync();
            await renewing;
        }
    }

    private Task LookAsync(Claim claim, CancellationToken cancel)
    {
        var provider = queue.ProviderOf(claim);
        return claim.Job.State switch
        {
            JobState.Sending when provider is null => PutBackAsync(claim.Job),
            JobState.Sending when claim.IsFresh => sender.SendAsync(claim, provider, cancel),
            JobState.Sending => ResumeAsync(claim, provider, cancel),
            JobState.Saving => watcher.SaveAgainAsync(claim, provider, cancel),
            _ => watcher.WatchAsync(claim, provider, cancel),
        };
    }

    /// <summary>No answer ever came; a call may have brought the end meanwhile, and then nobody is asked again.</summary>
    private async Task ResumeAsync(Claim claim, IProvider provider, CancellationToken cancel)
    {
        if (!await watcher.HasEndedAsync(claim, provider, cancel))
            await sender.ResumeAsync(claim, provider, cancel);
    }

    /// <summary>Its key was taken away between choosing and asking.</summary>
    private Task<bool> PutBackAsync(Job job) => database.WriteAsync(
        write => JobRows.SaveAsync(write, job, job.PutBack(write.Now, nextModel: true)), CancellationToken.None);

    private async Task RenewAsync(Claim claim, CancellationToken over)
    {
        try
        {
            using var timer = new PeriodicTimer(Renewing, clock);
            while (await timer.WaitForNextTickAsync(over))
                await queue.RenewAsync(claim, over);
        }
        catch (OperationCanceledException)
        {
        }
        catch (DatabaseUnavailableException e)
        {
            Log.NotRenewed(log, claim.Job.Id, e.Why);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of job {Job} was not renewed: the database is {Why}")]
        public static partial void NotRenewed(ILogger logger, string job, Unavailable why);
    }
}
