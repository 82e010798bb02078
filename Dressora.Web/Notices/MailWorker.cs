using Dressora.Web.Data;

namespace Dressora.Web.Notices;

internal sealed partial class MailWorker(Mailbox mailbox, MailBell bell, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await mailbox.SendNextAsync(stoppingToken))
                {
                }
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
        [LoggerMessage(Level = LogLevel.Warning, Message = "Mail waits: the database is {Why}")]
        public static partial void Later(ILogger logger, Unavailable why);

        [LoggerMessage(Level = LogLevel.Error, Message = "Mail could not be sent")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
