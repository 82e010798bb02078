using Dressora.Web.Data;

namespace Dressora.Web.Media;

internal sealed partial class DeletionWorker(
    Deletions queue, DeletionBell bell, DataFolder folder, ILogger<DeletionWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <summary>Before anybody is let in: files on their way when the last process died arrive nowhere.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Spool.Clear(folder);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await queue.SweepAsync(stoppingToken);
            }
            catch (DatabaseUnavailableException e)
            {
                Log.Later(log, e.Why);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(log, e);
            }

            await bell.WaitAsync(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Deletions wait: the database is {Why}")]
        public static partial void Later(ILogger logger, Unavailable why);

        [LoggerMessage(Level = LogLevel.Error, Message = "Deletions could not be read")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
