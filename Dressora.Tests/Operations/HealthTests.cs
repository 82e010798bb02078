using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class HealthTests
{
    private static readonly TimeSpan LookedAtAgain = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_whole_house_is_up_and_ready_and_nobody_keeps_the_answer()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        var (up, ready) = (await browser.GetAsync("/up"), await browser.GetAsync("/ready"));

        Assert.Equal((HttpStatusCode.OK, "up\n"), (up.Status, up.Text));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), (ready.Status, ready.Text));
        Assert.All([up, ready], answer => Assert.Equal(("no-store", "text/plain"), (answer.Header("Cache-Control"), answer.ContentType)));
        Assert.All([up, ready], answer => Assert.Null(answer.Header("Set-Cookie")));
    }

    [Fact]
    public async Task A_disk_below_its_limit_is_said_in_a_plain_line()
    {
        await using var site = await Site.StartAsync(settings: "Disk:FreeMegabytesMin=1000000");
        using var browser = site.NewBrowser();

        var ready = await browser.GetAsync("/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Matches("^disk: [0-9]+ MB free, 1000000 MB wanted\n$", ready.Text);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/up")).Status);
    }

    [Fact]
    public async Task A_database_that_is_gone_makes_it_unready_but_not_down_and_names_no_path()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Move(site.Folder.Database, site.Folder.Database + ".away");

        var ready = await browser.GetAsync("/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.StartsWith("database: does not answer", ready.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Folder.Root, ready.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/up")).Status);

        File.Move(site.Folder.Database + ".away", site.Folder.Database);
        site.Clock.Advance(LookedAtAgain);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ready")).Status);
    }

    [Fact]
    public async Task However_often_it_is_asked_it_looks_every_few_seconds()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ready")).Status);

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Move(site.Folder.Database, site.Folder.Database + ".away");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ready")).Status);
        site.Clock.Advance(LookedAtAgain);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/ready")).Status);
        File.Move(site.Folder.Database + ".away", site.Folder.Database);
    }

    [Fact]
    [Trait("needs", "postgres")]
    public async Task PostgreSQL_is_asked_the_same()
    {
        await using var site = await Site.StartAsync(Engine.Postgres);
        using var browser = site.NewBrowser();

        Assert.Equal("ready\n", (await browser.GetAsync("/ready")).Text);
    }

    [Theory]
    [InlineData("/up")]
    [InlineData("/ready")]
    public async Task Probes_may_ask_with_HEAD_and_not_with_POST(string path)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path))).Status);
    }
}
