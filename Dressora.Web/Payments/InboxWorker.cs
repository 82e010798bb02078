using Dressora.Web.Data;

namespace Dressora.Web.Payments;

internal sealed partial class InboxWorker(Inbox inbox, InboxBell bell, ILogger<InboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await inbox.WorkNextAsync(stoppingToken))
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
        [LoggerMessage(Level = LogLevel.Warning, Message = "Calls of gateways wait: the database is {Why}")]
        public static partial void Later(ILogger logger, Unavailable why);

        [LoggerMessage(Level = LogLevel.Error, Message = "A call of a gateway broke its worker; it is tried again in two minutes")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
