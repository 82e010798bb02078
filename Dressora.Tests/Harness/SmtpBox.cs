using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dressora.Tests.Harness;

/// <summary>What a mail server does with a letter.</summary>
public enum Manner
{
    Takes,

    /// <summary>550 to the recipient, address quoted.</summary>
    Refuses,

    /// <summary>451, "come back later".</summary>
    Greylists,

    /// <summary>Takes the line and says nothing.</summary>
    Silent,

    /// <summary>Hangs up in the middle.</summary>
    HangsUp,
}

/// <summary>A mail server of a few lines on a port of this machine.</summary>
public sealed class SmtpBox : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;

    private SmtpBox()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public static SmtpBox Open() => new();

    public Manner Manner { get; set; }

    /// <summary>Letters as they came over the wire, headers first.</summary>
    public ConcurrentQueue<string> Letters { get; } = new();

    /// <summary>Commands as they came, for what a letter's headers do not show.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public string[] Settings =>
    [
        "Mail:Host=127.0.0.1", $"Mail:Port={((IPEndPoint)_listener.LocalEndpoint).Port}", "Mail:From=house@example.org", "Mail:Tls=false",
    ];

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_closing.Token);
            _ = Task.Run(() => TalkAsync(client), _closing.Token);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        try
        {
            if (Manner == Manner.Silent)
                await Task.Delay(Timeout.Infinite, _closing.Token);
            await writer.WriteLineAsync("220 box");
            while (await reader.ReadLineAsync(_closing.Token) is { } line && !line.StartsWith("QUIT", StringComparison.Ordinal))
            {
                Commands.Enqueue(line);
                if (line == "DATA" && Manner == Manner.HangsUp)
                    return;
                await writer.WriteLineAsync(AnswerTo(line));
                if (line == "DATA")
                    await writer.WriteLineAsync(await TakeAsync(reader));
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side went, or the test is over.
        }
    }

    private string AnswerTo(string line) => line switch
    {
        "DATA" => "354 go on",
        _ when line.StartsWith("RCPT", StringComparison.Ordinal) && Manner == Manner.Refuses => $"550 nobody here is {line[8..]}",
        _ when line.StartsWith("RCPT", StringComparison.Ordinal) && Manner == Manner.Greylists => "451 come back later",
        _ => "250 ok",
    };

    private async Task<string> TakeAsync(StreamReader reader)
    {
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync(_closing.Token) is { } line && line != ".")
            letter.Append(line).Append('\n');
        Letters.Enqueue(letter.ToString());
        return "250 taken";
    }
}
