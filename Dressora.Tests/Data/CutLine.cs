using System.Net;
using System.Net.Sockets;
using Dressora.Tests.Harness;

namespace Dressora.Tests.Data;

internal enum Cut
{
    Never,
    BeforeTheCommit,
    AfterTheCommit,
}

/// <summary>A line to PostgreSQL that breaks at the worst moment, once.</summary>
internal sealed class CutLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _server;

    private CutLine(string server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>When the next line that commits breaks.</summary>
    internal Cut Next { get; set; }

    internal static async Task<CutLine> OpenAsync() => new((await PostgresServer.SharedAsync()).Socket);

    internal string To(PostgresDatabase database) =>
        $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=postgres;Database={database.Name};SSL Mode=Disable";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
        using (client)
        using (var up = new NetworkStream(client))
        using (var down = new NetworkStream(server))
            await Task.WhenAny(AskAsync(up, down, server), down.CopyToAsync(up));
    }

    private async Task AskAsync(NetworkStream client, NetworkStream server, Socket line)
    {
        var bytes = new byte[8_192];
        for (int count; (count = await client.ReadAsync(bytes)) > 0;)
        {
            var commits = bytes.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0 && Next != Cut.Never;
            if (commits && Next == Cut.BeforeTheCommit)
            {
                Next = Cut.Never;
                return;
            }

            if (commits)
                client.Socket.Shutdown(SocketShutdown.Send);
            await server.WriteAsync(bytes.AsMemory(0, count));
            if (!commits)
                continue;
            Next = Cut.Never;
            while (line.Connected && !line.Poll(0, SelectMode.SelectRead))
                await Task.Delay(5);
            return;
        }
    }
}
