using Dressora.Web.Data;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Generation;

/// <summary>Takes jobs while there are any, several at once; a stop lets what is under way end.</summary>
internal sealed partial class JobWorker(Queue queue, Desk desk, JobBell bell, IOptions<DatabaseOptions> options, TimeProvider clock, ILogger<JobWorker> log)
    : BackgroundService
{
    private const int AtOnceMax = 8;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(25);

    private readonly string _name = $"{Environment.MachineName}:{Environment.ProcessId}";
    private readonly SemaphoreSlim _places = new(AtOnceMax, AtOnceMax);

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var draining = new CancellationTokenSource();
        await using var stop = stoppingToken.Register(() => draining.CancelAfter(DrainMax));
        if (options.Value.Provider == DatabaseProvider.Sqlite)
            await TakeOverAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _places.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var claim = stoppingToken.IsCancellationRequested ? null : await TakeAsync(stoppingToken);
            if (claim is not null)
                _ = Task.Run(() => WorkAsync(claim, draining.Token), CancellationToken.None);
            else
            {
                _places.Release();
                await bell.WaitAsync(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        for (var place = 0; place < AtOnceMax; place++)
            await _places.WaitAsync(CancellationToken.None);
        _places.Release(AtOnceMax);
    }

    /// <summary>The folder has one server, so every lease is a dead one's; should this fail, they run out by themselves.</summary>
    private async Task TakeOverAsync(CancellationToken cancel)
    {
        try
        {
            await queue.TakeOverAsync(cancel);
        }
        catch (Exception e) when (e is DatabaseUnavailableException or OperationCanceledException)
        {
            Log.Later(log, (e as DatabaseUnavailableException)?.Why ?? Unavailable.Stopping);
        }
    }

    private async Task<Claim?> TakeAsync(CancellationToken cancel)
    {
        try
        {
            return await queue.HasWorkAsync(clock.GetUtcNow(), cancel) ? await queue.TakeAsync(_name, cancel) : null;
        }
        catch (DatabaseUnavailableException e)
        {
            Log.Later(log, e.Why);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.QueueBroke(log, e);
        }
        catch (OperationCanceledException)
        {
            // The server stops; whoever comes next takes it.
        }

        return null;
    }

    /// <summary>Whatever breaks here, the lease runs out and somebody looks again.</summary>
    private async Task WorkAsync(Claim claim, CancellationToken cancel)
    {
        try
        {
            await desk.WorkAsync(claim, cancel);
        }
        catch (DatabaseUnavailableException e)
        {
            Log.Later(log, e.Why);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Log.Broke(log, claim.Job.Id, e);
        }
        catch (OperationCanceledException)
        {
            Log.HandedOn(log, claim.Job.Id);
        }
        finally
        {
            _places.Release();
            bell.RingHere();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs wait: the database is {Why}")]
        public static partial void Later(ILogger logger, Unavailable why);

        [LoggerMessage(Level = LogLevel.Error, Message = "The queue could not be looked at")]
        public static partial void QueueBroke(ILogger logger, Exception e);

        [LoggerMessage(Level = LogLevel.Error, Message = "Work on job {Job} broke; it is looked at again when its lease ends")]
        public static partial void Broke(ILogger logger, string job, Exception e);

        [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} is handed on: this server stops")]
        public static partial void HandedOn(ILogger logger, string job);
    }
}
