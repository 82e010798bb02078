using System.Net;
using System.Net.Sockets;
using System.Text;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

/// <summary>What only a real socket can send.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private const int MegaByte = 1024 * 1024;
    private const string Post = "POST /theme HTTP/1.1\r\nHost: localhost\r\n";
    private const string Urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n";
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.ListenAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_megabyte_is_too_large_whether_or_not_its_length_is_said(bool said)
    {
        using var client = new HttpClient { BaseAddress = _site.Address };
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("theme=" + new string('x', MegaByte)));
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/theme") { Content = content };
        request.Headers.TransferEncodingChunked = !said;

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("That is too large", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n", "400")]
    [InlineData("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "505")]
    [InlineData("rubbish\r\n\r\n", "400")]
    [InlineData($"{Post}Transfer-Encoding: chunked\r\n{Urlencoded}\r\nzz\r\n", "400")]
    [InlineData($"{Post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400")]
    [InlineData($"{Post}Content-Length: -5\r\n\r\n", "400")]
    [InlineData("GET /learn/\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", "400")]
    [InlineData("GET /learn/%ff%fe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "404")]
    public async Task A_broken_request_is_the_senders_fault(string request, string status) =>
        Assert.Equal(status, await StatusOfAsync(request));

    [Fact]
    public async Task Headers_without_end_are_refused() =>
        Assert.Equal("431", await StatusOfAsync($"{Post}Cookie: {new string('c', 40_000)}\r\n\r\n"));

    [Fact]
    public async Task A_visitor_who_leaves_in_the_middle_leaves_no_trouble_behind()
    {
        using (var socket = await ConnectAsync())
        {
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{Post}{Urlencoded}Content-Length: 900\r\n\r\nthe"));
        }

        using var client = new HttpClient { BaseAddress = _site.Address };
        using var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(_site.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    private async Task<string> StatusOfAsync(string request)
    {
        using var socket = await ConnectAsync();
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return line?.Split(' ')[1] ?? "";
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _site.Address.Port);
        return socket;
    }
}
