using System.Net;
using System.Net.Sockets;
using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Operations;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>The program as an owner starts it: the real one, in a process of its own.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_start_with_everything_wrong_says_all_of_it_and_makes_nothing()
    {
        await using var child = Child.RunIn(
            _folder.Path,
            new Dictionary<string, string> { ["Mial__Host"] = "smtp.example.org", ["Mail__Port"] = "many" },
            "--data", "/proc/nowhere/data", "--Database:Provider=Oracle", "--Databse:ConnectionString=x", "--Logs:FilesKept=99999",
            "--Site:Address=studio.example.org", "--urls=everywhere");

        Assert.Equal(Exit.Configuration, await child.EndAsync());
        string[] faults =
        [
            "for 8 reasons:",
            "Mial:Host (environment) is not a setting; did you mean Mail:Host?",
            "Databse:ConnectionString (command line) is not a setting; did you mean Database:ConnectionString?",
            "Mail:Port is many (environment) and must be a whole number.",
            "Database:Provider is Oracle (command line) and must be one of Sqlite, Postgres.",
            "Logs:FilesKept is 99999 (command line) and must be between 0 and 1000.",
            "Site:Address is studio.example.org (command line) and must be an address such as https://studio.example.org",
            "Urls is everywhere (command line) and must be addresses such as http://127.0.0.1:5080",
            "The data folder /proc/nowhere/data cannot be made by",
        ];
        foreach (var fault in faults)
            Assert.Contains(fault, child.Complained, StringComparison.Ordinal);
        Assert.Empty(child.Said);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_second_server_on_one_folder_is_refused_and_told_who_lives_there()
    {
        var (first, address) = await Child.ServeAsync(Data);
        await using var one = first;

        await using var second = Child.Run("--data", Data, "--urls", $"http://127.0.0.1:{Site.FreePort()}");

        Assert.Equal(Exit.Configuration, await second.EndAsync());
        Assert.Contains($"Another server works in {Data}: process {first.Id}, since ", second.Complained, StringComparison.Ordinal);
        Assert.Contains(address.Authority, second.Complained, StringComparison.Ordinal);
        Assert.False(first.HasEnded);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_before_anything_is_made()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await using var child = Child.Run("--data", Data, "--urls", $"http://{taken.LocalEndpoint}");

        Assert.Equal(Exit.Configuration, await child.EndAsync());
        Assert.Contains($"Another program listens at http://{taken.LocalEndpoint} already.", child.Complained, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_PostgreSQL_that_does_not_answer_is_one_of_the_faults_and_its_password_is_not_shown()
    {
        await using var child = Child.Run(
            "--data", Data, "--Database:Provider=Postgres", "--Mail:Port=0",
            "--Database:ConnectionString=Host=127.0.0.1;Port=1;Database=dressora;Username=dressora;Password=hunter2");

        Assert.Equal(Exit.Configuration, await child.EndAsync());
        Assert.Contains("PostgreSQL at 127.0.0.1:1 does not answer", child.Complained, StringComparison.Ordinal);
        Assert.Contains("Mail:Port is 0", child.Complained, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", child.Complained + child.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_start_prints_a_link_that_founds_the_house_once()
    {
        var (child, address) = await Child.ServeAsync(Data);
        await using var server = child;
        var link = new Uri((await child.SaysAsync("/setup?key=")).Trim());
        using var browser = NewBrowser(address);

        var page = await browser.GetAsync(link.PathAndQuery);
        var founded = await browser.SubmitAsync(
            page, "main form", new { Form_Name = "Olga", Form_Email = "olga@example.org", Form_Password = "three green umbrellas" });

        Assert.Equal(address.Authority, link.Authority);
        Assert.Equal(HttpStatusCode.SeeOther, founded.Status);
        Assert.False(File.Exists(Path.Combine(Data, "setup-key")));
        await child.StopAsync();
        var (again, _) = await Child.ServeAsync(Data);
        await using var later = again;
        Assert.Equal(0, await again.StopAsync());
        Assert.DoesNotContain("setup", again.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_server_folds_its_log_into_the_database_and_leaves_no_socket()
    {
        var (child, _) = await Child.ServeAsync(Data);
        await using var server = child;
        await using var verb = Child.Run("people", "create", "--email", "asha@example.org", "--data", Data);
        Assert.Equal(Exit.Done, await verb.EndAsync());

        Assert.Equal(Exit.Done, await child.StopAsync());

        var log = new FileInfo(Path.Combine(Data, "dressora.db-wal"));
        Assert.True(!log.Exists || log.Length == 0, $"{log.Length} bytes were left in the log.");
        Assert.False(File.Exists(Path.Combine(Data, "dressora.sock")));
        Assert.False(File.Exists(Path.Combine(Data, "dressora.lock.by")));
        Assert.Equal("asha@example.org", Ask("SELECT email FROM users"));
    }

    [Fact]
    public async Task What_was_begun_is_answered_before_the_server_goes()
    {
        var (child, address) = await Child.ServeAsync(Data);
        await using var server = child;
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, address.Port);
        await using var stream = caller.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /account/sign-in HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n"));
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync());

        var stopping = child.StopAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => stopping.WaitAsync(TimeSpan.FromSeconds(1)));
        await stream.WriteAsync(Encoding.ASCII.GetBytes("Form.Email"));

        Assert.Empty((await reader.ReadLineAsync())!);
        Assert.StartsWith("HTTP/1.1 4", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(Exit.Done, await stopping);
    }

    [Fact]
    public async Task What_the_server_keeps_is_readable_by_nobody_else()
    {
        var (child, _) = await Child.ServeAsync(Data);
        await using var server = child;
        await child.SaysAsync("/setup?key=");

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in new[] { Data, Path.Combine(Data, "setup-key"), Path.Combine(Data, "dressora.sock") })
            Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(path) & Others);
    }

    private static PlainBrowser NewBrowser(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, address, new FakeClock());

    private string Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "dressora.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }
}
