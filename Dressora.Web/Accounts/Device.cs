using System.Net;
using System.Net.Sockets;

namespace Dressora.Web.Accounts;

/// <summary>A browser and a network in the few words that a person recognises them by; no more is kept.</summary>
public static class Device
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    public static string Describe(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return string.Join(", ", new[] { browser, system }.Where(word => word is not null));
    }

    /// <summary>The network without the machine in it: 203.0.113.x, or the first three groups of IPv6.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        if (address is null)
            return "";
        var octets = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? $"{octets[0]}.{octets[1]}.{octets[2]}.x"
            : $"{octets[0]:x2}{octets[1]:x2}:{octets[2]:x2}{octets[3]:x2}:{octets[4]:x2}{octets[5]:x2}:…";
    }
}
