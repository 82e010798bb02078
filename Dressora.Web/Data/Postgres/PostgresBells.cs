using System.Threading.Channels;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>
/// Carries bells between servers on one database. What it misses while the wire is down, the slow look of each worker finds.
/// </summary>
internal sealed partial class PostgresBells : BackgroundService
{
    private const string Line = "dressora_bells";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Dictionary<string, Bell> _bells;
    private readonly string _self = Guid.NewGuid().ToString("N");

    /// <summary>Names of bells that were rung here; many rings of one are told as few.</summary>
    private readonly Channel<string> _rung = Channel.CreateBounded<string>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropNewest });

    public PostgresBells(PostgresSources sources, IEnumerable<Bell> bells, TimeProvider clock, ILogger<PostgresBells> log)
    {
        (_source, _clock, _log) = (sources.Write, clock, log);
        _bells = bells.ToDictionary(bell => bell.GetType().Name, StringComparer.Ordinal);
        foreach (var (name, bell) in _bells)
            bell.Elsewhere = () => _rung.Writer.TryWrite(name);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(AgainAsync(ListenAsync, stoppingToken), AgainAsync(TellAsync, stoppingToken));

    private async Task AgainAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException)
            {
                Log.Down(_log, e.Message);
                await Task.Delay(Pause, _clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        connection.Notification += (_, heard) => Hear(heard.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Line}", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        // Whatever was told before we listened.
        foreach (var bell in _bells.Values)
            bell.RingHere();
        while (true)
            await connection.WaitAsync(cancel);
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        while (await _rung.Reader.WaitToReadAsync(cancel))
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (_rung.Reader.TryRead(out var name))
                names.Add(name);
            await using var connection = await _source.OpenConnectionAsync(cancel);
            foreach (var name in names)
            {
                await using var tell = new NpgsqlCommand($"SELECT pg_notify('{Line}', @word)", connection);
                tell.Parameters.AddWithValue("word", $"{name} {_self}");
                await tell.ExecuteNonQueryAsync(cancel);
            }
        }
    }

    private void Hear(string payload)
    {
        if (payload.Split(' ') is [var name, var from] && from != _self && _bells.TryGetValue(name, out var bell))
            bell.RingHere();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Other servers are not heard for a moment: {Why}")]
        public static partial void Down(ILogger logger, string why);
    }
}
