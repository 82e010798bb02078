using System.Net.Sockets;
using System.Text.Json;
using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>
/// The command line's way into a running server: a socket in the data folder that only its owner can open. The server
/// runs the verb with its own services, so that there is still one writer.
/// </summary>
internal sealed partial class VerbDoor(DataFolder folder, IServiceProvider services, TimeProvider clock, ILogger<VerbDoor> log)
    : BackgroundService
{
    private const int AtOnceMax = 4;
    private const int RequestBytesMax = 8 * 1024;
    private static readonly TimeSpan ReadingMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RunningMax = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _places = new(AtOnceMax, AtOnceMax);
    private Socket? _listener;

    /// <summary>The door is there before anybody is told that the server is.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = Open();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        _places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_listener is null)
            return;
        try
        {
            while (true)
            {
                await _places.WaitAsync(stoppingToken);
                var caller = await _listener.AcceptAsync(stoppingToken);
                _ = Task.Run(() => ServeAsync(caller, stoppingToken), CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            File.Delete(folder.Socket);
        }
    }

    /// <summary>Whoever has the folder's lock owns the socket's name: one that is there was left by a killed server.</summary>
    private Socket? Open()
    {
        try
        {
            File.Delete(folder.Socket);
            var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(folder.Socket));
            OwnerOnly.Close(folder.Socket, OwnerOnly.File);
            listener.Listen(AtOnceMax);
            return listener;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            Log.NoDoor(log, e);
            return null;
        }
    }

    private async Task ServeAsync(Socket caller, CancellationToken stopping)
    {
        try
        {
            await using var stream = new NetworkStream(caller, ownsSocket: true);
            var request = await ReadAsync(stream, stopping);
            var exit = request is null ? Exit.Usage : await RunAsync(request, stream, stopping);
            await SendAsync(stream, new VerbAnswer(null, exit), stopping);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Log.CallerLeft(log);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<int> RunAsync(VerbRequest request, Stream stream, CancellationToken stopping)
    {
        if (Verbs.FindInHouse(request.Verb) is not { } verb)
        {
            await SendAsync(stream, new VerbAnswer($"This server does not know \"{request.Verb}\".", null), stopping);
            return Exit.Usage;
        }

        using var limit = new CancellationTokenSource(RunningMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await using var scope = services.CreateAsyncScope();
        try
        {
            Task SayAsync(string line) => SendAsync(stream, new VerbAnswer(line, null), both.Token);
            var exit = await verb.RunAsync(new VerbCall(scope.ServiceProvider, request.Options, SayAsync), both.Token);
            Log.Ran(log, verb.Name, exit);
            return exit;
        }
        catch (DatabaseUnavailableException e)
        {
            await SendAsync(stream, new VerbAnswer($"Nothing was done: the database is {e.Why}. Try again in a moment.", null), both.Token);
            return Exit.Unavailable;
        }
    }

    private static async Task<VerbRequest?> ReadAsync(Stream stream, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(ReadingMax);
        var bytes = new byte[RequestBytesMax];
        for (var length = 0; length < bytes.Length;)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), limit.Token);
            var end = bytes.AsSpan(length, read).IndexOf((byte)'\n');
            if (end >= 0)
                return Parse(bytes.AsSpan(0, length + end));
            if (read == 0)
                return null;
            length += read;
        }

        return null;
    }

    private static VerbRequest? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<VerbRequest>(line) is { Verb: not null, Options: not null } whole ? whole : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task SendAsync(Stream stream, VerbAnswer answer, CancellationToken cancel)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(answer), (byte)'\n'];
        await stream.WriteAsync(line, cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Verbs beside this server will not work: its socket cannot be made")]
        public static partial void NoDoor(ILogger logger, Exception e);

        [LoggerMessage(Level = LogLevel.Information, Message = "The command line ran {Verb}: {Exit}")]
        public static partial void Ran(ILogger logger, string verb, int exit);

        [LoggerMessage(Level = LogLevel.Debug, Message = "A caller at the command line's door left early")]
        public static partial void CallerLeft(ILogger logger);
    }
}
