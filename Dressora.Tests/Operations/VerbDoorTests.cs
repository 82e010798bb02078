using System.Net.Sockets;
using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>The command line's door into a running server, spoken to byte by byte.</summary>
public sealed class VerbDoorTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string Usage = "{\"Say\":null,\"Exit\":64}\n";

    private Site Site => shared.Site;

    [Fact]
    public async Task A_verb_is_run_by_the_server_with_its_own_clock_and_audited_as_the_command_line()
    {
        var answer = await AskAsync("""{"Verb":"admin create","Options":{"email":"ravi@example.org"}}""" + "\n");

        Assert.EndsWith("{\"Say\":null,\"Exit\":0}\n", answer, StringComparison.Ordinal);
        Assert.Contains("can choose a password here, once: https://dressora.test/account/new-password?code=", answer, StringComparison.Ordinal);
        var entry = await Site.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync(entry => entry.Action == "invite"));
        Assert.Equal((0, FakeClock.Start), (entry.ActorId, entry.At));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("null\n")]
    [InlineData("[]\n")]
    [InlineData("{}\n")]
    [InlineData("{\"Verb\":\"migrate\"}\n")]
    [InlineData("{\"Verb\":{}}\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\0\0\0\n")]
    public async Task Anything_else_is_refused_and_the_door_stays_open(string request)
    {
        Assert.Equal(Usage, await AskAsync(request));
        Assert.Contains("The database is at version", await AskAsync("""{"Verb":"migrate","Options":{}}""" + "\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("config check")]
    [InlineData("rm -rf")]
    public async Task Only_verbs_of_the_house_come_through(string verb)
    {
        var answer = await AskAsync("{\"Verb\":\"" + verb + "\",\"Options\":{}}\n");

        Assert.StartsWith("{\"Say\":\"This server does not know \\u0022" + verb, answer, StringComparison.Ordinal);
        Assert.EndsWith(Usage, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_never_ends_is_cut_off()
    {
        using var socket = Connect();
        var block = Encoding.ASCII.GetBytes(new string('x', 4_096));

        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
                await socket.SendAsync(block);
        });
        Assert.Contains("The database is at version", await AskAsync("""{"Verb":"migrate","Options":{}}""" + "\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_who_say_nothing_keep_nobody_out_for_long()
    {
        var silent = Enumerable.Range(0, 8).Select(_ => Connect()).ToList();

        var answer = await AskAsync("""{"Verb":"migrate","Options":{}}""" + "\n").WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Contains("The database is at version", answer, StringComparison.Ordinal);
        silent.ForEach(caller => caller.Dispose());
    }

    [Fact]
    public async Task A_caller_who_leaves_early_disturbs_nobody()
    {
        for (var i = 0; i < 20; i++)
        {
            using var caller = Connect();
            await caller.SendAsync(Encoding.UTF8.GetBytes("""{"Verb":"migrate","Options":{}}""" + "\n"));
        }

        Assert.Contains("The database is at version", await AskAsync("""{"Verb":"migrate","Options":{}}""" + "\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_owner_of_the_folder_can_open_it() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Site.Folder.Socket));

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Site.Folder.Socket));
        return socket;
    }

    private async Task<string> AskAsync(string request)
    {
        using var socket = Connect();
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        socket.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
