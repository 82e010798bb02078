using System.Threading.Channels;
using Dressora.Web.Data;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>
/// Tells makers that nobody waits for their work any more: after the commit, once, and without anybody waiting for it.
/// Whatever they answer, the job has ended and its credits are back.
/// </summary>
public sealed partial class Recalls(Database database, ProviderCatalog providers, ILogger<Recalls> log) : BackgroundService
{
    private const int WaitingMax = 1_000;

    /// <summary>One maker that hangs keeps nobody from telling another.</summary>
    private const int AtOnceMax = 4;

    private readonly Channel<Job> _over = Channel.CreateBounded<Job>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>When this write is on disk; a maker that never took the job need not be told.</summary>
    internal void After(Write write, Job job)
    {
        if (job is { ModelId: not null, PollReference: not null })
            write.AfterCommit(() => _over.Writer.TryWrite(job));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnceMax).Select(_ => TellAllAsync(stoppingToken)));

    private async Task TellAllAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var job in _over.Reader.ReadAllAsync(cancel))
                await TellAsync(job, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops; the maker works on, at its own cost or ours, and what it makes is kept out.
        }
    }

    private async Task TellAsync(Job job, CancellationToken cancel)
    {
        try
        {
            if (await MakerOfAsync(job, cancel) is not { IsReady: true, Traits.CanCancel: true } maker)
                return;
            var answer = await maker.CancelAsync(job.PollReference!, cancel);
            Log.Told(log, maker.Name, job.Id, answer);
            await database.WriteAsync(
                write => JobRows.NoteAsync(write, job.Id, $"cancel at {maker.Name}: {answer}"), CancellationToken.None);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Log.NotTold(log, job.Id, e);
        }
    }

    private async Task<IProvider?> MakerOfAsync(Job job, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        var name = await db.Models.Where(model => model.Id == job.ModelId).Select(model => model.Provider).SingleOrDefaultAsync(cancel);
        return name is null ? null : providers.Find(name);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider} was told that job {Job} is over: {Answer}")]
        public static partial void Told(ILogger logger, string provider, string job, Cancellation answer);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The maker of job {Job} could not be told that it is over")]
        public static partial void NotTold(ILogger logger, string job, Exception e);
    }
}
