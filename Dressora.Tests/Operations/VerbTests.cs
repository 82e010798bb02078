using System.Text.RegularExpressions;
using Dressora.Tests.Harness;
using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>Verbs of the real program, beside a server and without one.</summary>
public sealed partial class VerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_server_a_verb_moves_in_does_its_work_and_leaves()
    {
        await using var create = Child.Run("admin", "create", "--email", "ravi@example.org", "--data", Data);

        Assert.Equal(Exit.Done, await create.EndAsync());
        Assert.Matches(LinkLine(), create.Said);
        Assert.Empty(create.Complained);
        await using var migrate = Child.Run("migrate", "--data", Data);
        Assert.Equal(Exit.Done, await migrate.EndAsync());
        Assert.Matches("The database is at version [0-9]+, which is this program's.", migrate.Said);
    }

    [Fact]
    public async Task Beside_a_server_the_server_does_the_work_and_its_link_opens_there()
    {
        var (child, address) = await Child.ServeAsync(Data);
        await using var server = child;

        await using var create = Child.Run("people", "create", "--email=asha@example.org", "--name", "Asha", "--data", Data);
        Assert.Equal(Exit.Done, await create.EndAsync());
        var link = new Uri(LinkLine().Match(create.Said).Groups[1].Value);
        using var browser = new PlainBrowser(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, address, new FakeClock());
        var page = await browser.GetAsync(link.PathAndQuery);

        Assert.Equal(address.Authority, link.Authority);
        Assert.True(page.Has("input[type=password]"));
        await server.SaysAsync("The command line ran people create: 0");
        await using var migrate = Child.Run("migrate", "--data", Data);
        Assert.Equal(Exit.Done, await migrate.EndAsync());
    }

    [Fact]
    public async Task An_address_with_an_account_and_one_that_is_none_are_refused_in_words()
    {
        var (child, _) = await Child.ServeAsync(Data);
        await using var server = child;
        await using var first = Child.Run("admin", "create", "--email", "ravi@example.org", "--data", Data);
        Assert.Equal(Exit.Done, await first.EndAsync());

        await using var nonsense = Child.Run("people", "create", "--email", "nobody", "--data", Data);

        Assert.Equal(Exit.Refused, await nonsense.EndAsync());
        Assert.Equal("\"nobody\" is not an e-mail address.\n", nonsense.Said);
    }

    [Fact]
    public async Task After_a_killed_server_a_verb_works_alone_and_the_next_server_opens_its_door_again()
    {
        var (child, _) = await Child.ServeAsync(Data);
        await using var killed = child;
        await killed.KillAsync();
        Assert.True(File.Exists(Path.Combine(Data, "dressora.sock")));

        await using var alone = Child.Run("people", "create", "--email", "asha@example.org", "--data", Data);
        Assert.Equal(Exit.Done, await alone.EndAsync());
        var (next, _) = await Child.ServeAsync(Data);
        await using var server = next;
        await using var beside = Child.Run("people", "create", "--email", "bela@example.org", "--data", Data);

        Assert.Equal(Exit.Done, await beside.EndAsync());
        await server.SaysAsync("The command line ran people create: 0");
    }

    [Fact]
    public async Task A_verb_nobody_knows_is_answered_with_the_one_that_was_meant()
    {
        await using var child = Child.Run("config", "chek");

        Assert.Equal(Exit.Usage, await child.EndAsync());
        Assert.Equal("\"config chek\" is not a verb; did you mean \"config check\"? See: help\n", child.Complained);
    }

    [Fact]
    public async Task Help_lists_every_verb()
    {
        await using var child = Child.Run("help");

        Assert.Equal(Exit.Done, await child.EndAsync());
        Assert.All(Verbs.All, verb => Assert.Contains(verb.Name, child.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_check_shows_each_setting_with_its_value_and_its_source_and_no_secret()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "settings.json"), """{ "Mail": { "Host": "smtp.example.org", /* why */ "From": "a@example.org" } }""");
        await File.WriteAllTextAsync(Path.Combine(Data, "secrets.json"), """{ "Mail:Password": "hunter2" }""");
        var environment = new Dictionary<string, string> { ["Mail__Port"] = "2525", ["Logs__Level"] = "Debug", ["PORT"] = "8123" };

        await using var child = Child.RunIn(_folder.Path, environment, "config", "check", "--Logs:Level", "Error");

        Assert.Equal(Exit.Done, await child.EndAsync());
        var rows = child.Said.Split('\n').Select(line => Gap().Split(line)).Where(row => row.Length == 3).ToDictionary(row => row[0]);
        Assert.Equal(["smtp.example.org", "settings.json"], rows["Mail:Host"][1..]);
        Assert.Equal(["********", "secrets.json"], rows["Mail:Password"][1..]);
        Assert.Equal(["2525", "environment"], rows["Mail:Port"][1..]);
        Assert.Equal(["Error", "command line"], rows["Logs:Level"][1..]);
        Assert.Equal(["http://0.0.0.0:8123", "default"], rows["Urls"][1..]);
        Assert.Equal(["Dressora", "default"], rows["Site:Name"][1..]);
        Assert.Contains($"{Settings.All.Count} settings, no faults.", child.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", child.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_says_what_would_stop_the_start()
    {
        await using var child = Child.Run("config", "check", "--data", Data, "--Mail:Prot=25");

        Assert.Equal(Exit.Configuration, await child.EndAsync());
        Assert.Contains("Mail:Prot (command line) is not a setting; did you mean Mail:Port?", child.Complained, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [GeneratedRegex("Person [0-9]+ can choose a password here, once: (http://[^ ]+/account/new-password[?]code=[A-Za-z0-9_-]+)")]
    private static partial Regex LinkLine();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
