using System.Net;
using System.Net.Sockets;

namespace Dressora.Web.Outbound;

/// <summary>Looks a name up, by whatever does that.</summary>
public delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancel);

/// <summary>Opens a connection to exactly this address.</summary>
public delegate Task<Stream> Dial(IPAddress address, int port, CancellationToken cancel);

/// <summary>
/// The address that was checked is the address that is connected to: a name that answers differently a moment later gains
/// nothing. One private address among several public ones is enough to refuse.
/// </summary>
public sealed class GuardedDialer(Resolve resolve, Dial dial)
{
    public static GuardedDialer OfThisMachine { get; } = new(Dns.GetHostAddressesAsync, DialAsync);

    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancel)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await resolve(host, cancel);
        }
        catch (SocketException e)
        {
            throw new DialRefusedException(FetchFault.NoSuchName, e);
        }

        if (addresses.Length == 0)
            throw new DialRefusedException(FetchFault.NoSuchName);
        if (!addresses.All(PublicAddress.Is))
            throw new DialRefusedException(FetchFault.Private);
        return await DialFirstAsync(addresses, port, cancel);
    }

    private async Task<Stream> DialFirstAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await dial(address, port, cancel);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw new DialRefusedException(FetchFault.NoAnswer, last);
    }

    private static async Task<Stream> DialAsync(IPAddress address, int port, CancellationToken cancel)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The connection was not made, and why.</summary>
public sealed class DialRefusedException(FetchFault fault, Exception? inner = null) : IOException($"Not connected: {fault}.", inner)
{
    public FetchFault Fault { get; } = fault;
}
