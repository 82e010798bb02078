using System.Net;
using System.Net.Sockets;

namespace Dressora.Web.Shell;

/// <summary>What one subscriber holds: an IPv4 address, or the first 64 bits of an IPv6 one.</summary>
public static class Network
{
    private const int Ipv6HostBytes = 8;

    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, bytes.Length - Ipv6HostBytes, Ipv6HostBytes);
        return $"{new IPAddress(bytes)}/64";
    }
}
