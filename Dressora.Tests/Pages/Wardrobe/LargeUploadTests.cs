using System.Net;
using System.Net.Sockets;
using System.Text;
using Dressora.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Wardrobe;

/// <summary>Uploads over a real socket that lie about their length, or have none.</summary>
public sealed class LargeUploadTests : IAsyncLifetime
{
    private const int Piece = 64 * 1024;
    private const long Gigabyte = 1024 * 1024 * 1024;
    private const long MemoryMax = 64 * 1024 * 1024;
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.ListenAsync();
        await _site.PersonAsync();
        _browser = await _site.SignInAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_gigabyte_in_chunks_is_refused_and_costs_no_memory()
    {
        await _browser.GetAsync("/wardrobe");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var socket = await HeadAsync("Transfer-Encoding: chunked");
        var head = Encoding.ASCII.GetBytes($"{Piece:x}\r\n");
        var piece = new byte[Piece];
        var (sent, most) = (0L, 0L);
        try
        {
            for (; sent < Gigabyte; sent += Piece)
            {
                await socket.SendAsync(head);
                await socket.SendAsync(piece);
                await socket.SendAsync("\r\n"u8.ToArray());
                if (sent % (4 * 1024 * 1024) == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            }
        }
        catch (SocketException)
        {
            // The server had enough.
        }

        Assert.True(sent < Gigabyte / 4, $"It took {sent} bytes.");
        Assert.True(most < MemoryMax, $"Memory grew by {most} bytes.");
        Assert.Equal(0, await _site.ReadAsync(db => db.MediaItems.CountAsync()));
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/wardrobe")).Status);
    }

    [Fact]
    public async Task A_length_that_is_too_large_is_refused_before_a_byte_is_read()
    {
        using var socket = await HeadAsync($"Content-Length: {Gigabyte}");

        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_who_goes_away_leaves_nothing()
    {
        using (var socket = await HeadAsync("Content-Length: 100000"))
            await socket.SendAsync(new byte[1_000]);

        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/wardrobe")).Status);
        Assert.Equal(0, await _site.ReadAsync(db => db.MediaItems.CountAsync()));
    }

    private async Task<Socket> HeadAsync(string length)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _site.Address.Port);
        var cookies = _browser.Cookies.HeaderFor(new Uri(_site.Address, "/wardrobe"));
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /wardrobe HTTP/1.1\r\nHost: {_site.Address.Authority}\r\nCookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\n"
            + $"Content-Type: multipart/form-data; boundary=x\r\n{length}\r\n\r\n"));
        return socket;
    }

    private static async Task<string> AnswerAsync(Socket socket)
    {
        var bytes = new byte[1_024];
        var read = await socket.ReceiveAsync(bytes);
        return Encoding.ASCII.GetString(bytes, 0, read);
    }
}
