using Dressora.Web.Data;

namespace Dressora.Web.Operations;

internal sealed partial class ScheduleWorker(Schedule schedule, TimeProvider clock, ILogger<ScheduleWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!stoppingToken.IsCancellationRequested)
                    await schedule.RunDueAsync(stoppingToken);
            }
            catch (DatabaseUnavailableException e)
            {
                Log.Later(log, e.Why);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(log, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Tasks wait: the database is {Why}")]
        public static partial void Later(ILogger logger, Unavailable why);

        [LoggerMessage(Level = LogLevel.Error, Message = "The schedule could not be read")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
