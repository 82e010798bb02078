using System.Net;
using System.Net.Sockets;

namespace Dressora.Web.Operations;

/// <summary>Whether the addresses to listen at are free, asked before anything else is touched.</summary>
internal static class AddressCheck
{
    internal static IEnumerable<string> Faults(string urls) =>
        ServerOptions.Split(urls).Where(ServerOptions.IsAddress).Select(Fault).OfType<string>();

    private static string? Fault(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.Port == 0)
            return null;
        using var socket = new Socket(Ip(address.Host).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(Ip(address.Host), address.Port));
            socket.Listen(1);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"Another program listens at {url} already. Choose another address with --urls.",
                SocketError.AccessDenied => $"{url} cannot be used by {Environment.UserName}: ports below 1024 need a right of their own.",
                _ => $"{url} cannot be listened at: {e.Message}.",
            };
        }
    }

    private static IPAddress Ip(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip))
            return ip;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.Any;
    }
}
