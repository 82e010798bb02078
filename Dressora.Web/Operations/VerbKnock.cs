using System.Net.Sockets;
using System.Text.Json;
using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>What goes through the door: one line in, any number of lines out, the last with an exit code.</summary>
internal sealed record VerbRequest(string Verb, IReadOnlyDictionary<string, string> Options);

internal sealed record VerbAnswer(string? Say, int? Exit);

/// <summary>Asks the server that lives in a data folder to run a verb.</summary>
internal static class VerbKnock
{
    /// <summary>The verb's exit code; null when no server answers there.</summary>
    internal static async Task<int?> AskAsync(DataFolder folder, string verb, IReadOnlyDictionary<string, string> options)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder.Socket));
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }

        try
        {
            return await TalkAsync(new NetworkStream(socket), new VerbRequest(verb, options));
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync("The server stopped before it had answered.");
            return Exit.Unavailable;
        }
    }

    private static async Task<int> TalkAsync(NetworkStream stream, VerbRequest request)
    {
        await using var both = stream;
        await both.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request));
        await both.WriteAsync("\n"u8.ToArray());
        using var reader = new StreamReader(both);
        while (await reader.ReadLineAsync() is { } line)
        {
            var answer = JsonSerializer.Deserialize<VerbAnswer>(line)!;
            if (answer.Say is not null)
                await Console.Out.WriteLineAsync(answer.Say);
            if (answer.Exit is { } exit)
                return exit;
        }

        throw new EndOfStreamException();
    }
}
