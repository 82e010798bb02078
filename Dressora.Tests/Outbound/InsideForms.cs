using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dressora.Tests.Outbound;

/// <summary>Every way we know to write an address that leads inside: as a link, or as what a name answers.</summary>
internal static class InsideForms
{
    private static readonly string[] Targets =
        ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1"];

    /// <summary>First and last of every network that is not public, and then some.</summary>
    internal static readonly string[] Addresses =
    [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.255.255.255",
        "169.254.0.0", "169.254.169.254", "169.254.255.255", "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.170", "192.0.0.255",
        "192.0.2.0", "192.0.2.255", "192.88.99.0", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
        "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255", "224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.254", "255.255.255.255",
        "::", "::1", "::2", "::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.168.0.1",
        "::ffff:93.184.215.14", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::5db8:d70e", "64:ff9b:1::7f00:1", "64:ff9b:1:ffff::1",
        "100::", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:1::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff:ffff::1",
        "2001:db8::1", "2001:db8:ffff::1", "2002:7f00:1::1", "2002:a00:1::1", "2002:a9fe:a9fe::1", "2002:c0a8:1::1", "2002:5db8:d70e::1",
        "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1", "fd00::1", "fdff:ffff::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "febf::1", "fec0::1",
        "ff00::1", "ff02::1", "ff05::2", "ffff::1",
    ];

    internal static IEnumerable<string> Links()
    {
        foreach (var target in Targets)
        {
            foreach (var host in Hosts(IPAddress.Parse(target)).Distinct())
                yield return $"https://{host}/picture.jpg";
            yield return $"https://user@{target}/";
            yield return $"https://shop.example.com@{target}/";
            yield return $"https://{target}:443/";
            yield return $"https://{target}#@shop.example.com/";
        }

        foreach (var address in Addresses.Where(one => one.Contains(':', StringComparison.Ordinal)))
            yield return $"https://[{address}]/";
        foreach (var odd in Odd)
            yield return odd;
    }

    private static IEnumerable<string> Hosts(IPAddress address)
    {
        var b = address.GetAddressBytes();
        var number = (uint)((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]);
        string Join(string format) => string.Join('.', b.Select(part => string.Format(CultureInfo.InvariantCulture, format, part)));
        string Octal(int part) => "0" + Convert.ToString(part, 8);
        yield return $"{address}";
        yield return $"{address}.";
        yield return number.ToString(CultureInfo.InvariantCulture);
        yield return $"0x{number:x8}";
        yield return $"0X{number:X}";
        yield return "0" + Convert.ToString(number, 8);
        yield return Join("0x{0:x}");
        yield return Join("0x{0:x2}");
        yield return Join("{0:000}");
        yield return string.Join('.', b.Select(part => Octal(part)));
        yield return string.Join('.', b.Select(part => "000" + Octal(part)));
        yield return $"{b[0]}.{(b[1] << 16) | (b[2] << 8) | b[3]}";
        yield return $"{b[0]}.{b[1]}.{(b[2] << 8) | b[3]}";
        yield return $"0x{b[0]:x}.{b[1]}.{Octal(b[2])}.{b[3]}";
        yield return string.Concat($"{address}".Select(c => char.IsAsciiDigit(c) ? (char)('０' + (c - '0')) : c));
        yield return $"{address}".Replace('.', '。');
        yield return $"{address}".Replace(".", "%2e", StringComparison.Ordinal);
        yield return $"[::ffff:{address}]";
        yield return $"[::{address}]";
        yield return $"[64:ff9b::{address}]";
        yield return $"[2002:{b[0]:x2}{b[1]:x2}:{b[2]:x2}{b[3]:x2}::]";
        yield return $"[::ffff:0:{address}]";
    }

    private static readonly string[] Odd =
    [
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/", "https://localhost.localdomain/", "https://printer.local/",
        "https://metadata.google.internal/", "https://instance-data.ec2.internal/", "https://router.lan/", "https://nas.home/", "https://x.home.arpa/",
        "https://1.0.0.127.in-addr.arpa/", "https://hidden.onion/", "https://intranet/", "https://db/", "https://a.corp/", "https://a.private/",
        "https://a.test/", "https://a.invalid/", "https://a.example/", "http://shop.example.com/", "http://shop.example.com:443/", "https://shop.example.com:8443/",
        "https://shop.example.com:22/", "https://shop.example.com:80/", "ftp://shop.example.com/", "file:///etc/passwd", "gopher://shop.example.com/",
        "data:image/png;base64,AAAA", "javascript:alert(1)", "jar:https://shop.example.com!/", "dict://shop.example.com/", "ldap://shop.example.com/",
        "blob:https://shop.example.com/1", "//shop.example.com/", "/etc/passwd", "shop.example.com", "https:shop.example.com", "https:///etc/passwd", "https://",
        "https://user:word@shop.example.com/", "https://shop.example.com\\@127.0.0.1/", "https://127.0.0.1\\.shop.example.com/", "https://shop.example.com\t/",
        "https://shop.example.com\r\nHost: 127.0.0.1/", "https://sh op.example.com/", "https://shop.example.com:99999/", "https://.shop.example.com/",
        "https://shop..example.com/", "https://shop.example.123/", "https://shop.example.0x7f/", "https://[::1/", "https://[shop.example.com]/", "https://*.example.com/",
    ];

    internal static IPAddress Parsed(string address) => IPAddress.Parse(address);

}
