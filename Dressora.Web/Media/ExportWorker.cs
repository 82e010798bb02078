using Dressora.Web.Data;

namespace Dressora.Web.Media;

internal sealed partial class ExportWorker(Exports exports, ILogger<ExportWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await exports.PackNextAsync(stoppingToken))
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

            await exports.WaitAsync(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Copies wait: the database is {Why}")]
        public static partial void Later(ILogger logger, Unavailable why);

        [LoggerMessage(Level = LogLevel.Error, Message = "Copies could not be packed")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
