using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Admin;

public sealed class AdminTests : IAsyncLifetime
{
    private Site _site = null!;
    private PlainBrowser _owner = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _owner = await _site.AdminAsync("owner@example.org", Role.Owner);
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task The_first_page_says_what_needs_a_person()
    {
        var page = await _owner.GetAsync("/admin");

        Assert.Contains("No mail server is set", page.Text, StringComparison.Ordinal);
        Assert.Contains("without a second factor", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_found_by_name_address_and_number()
    {
        var asha = await _site.PersonAsync("asha@example.org");
        await _site.PersonAsync("ivan@example.org");

        foreach (var search in new[] { "asha", "ASHA@EXAMPLE.ORG", $"{asha.Id}" })
        {
            var page = await _owner.GetAsync($"/admin/people?q={Uri.EscapeDataString(search)}");
            Assert.Contains("asha@example.org", page.TextOf("tbody"), StringComparison.Ordinal);
            Assert.DoesNotContain("ivan@example.org", page.TextOf("tbody"), StringComparison.Ordinal);
        }

        Assert.Equal("Nobody here", (await _owner.GetAsync("/admin/people?q=zzz")).TextOf(".empty h2"));
    }

    [Fact]
    public async Task A_long_list_is_fifty_a_page_with_the_filter_kept()
    {
        for (var i = 0; i < 51; i++)
            await _site.PersonAsync($"person{i}@example.org");

        var page = await _owner.GetAsync("/admin/people?q=person");
        var next = await _owner.GetAsync("/admin/people" + page.Find("a[rel=next]").GetAttribute("href"));

        Assert.Equal(50, page.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Single(next.Document.QuerySelectorAll("tbody tr"));
        Assert.False(next.Has("a[rel=next]"));
    }

    [Fact]
    public async Task A_spreadsheet_never_runs_what_a_person_typed()
    {
        var person = await _site.PersonAsync("asha@example.org");
        await _site.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync(u => u.Id == person.Id)).CallThemselves("=1+1,\"x\"", "en", Theme.Dark));

        var csv = await _owner.GetAsync("/admin/people/csv");

        Assert.Equal("text/csv", csv.ContentType);
        Assert.Contains("\"'=1+1,\"\"x\"\"\"", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_person_is_out_at_once_and_the_list_says_who_did_it()
    {
        var person = await _site.PersonAsync("asha@example.org");
        using var browser = await _site.SignInAsync("asha@example.org");
        var page = await _owner.GetAsync($"/admin/people/{person.Id}");

        var after = await _owner.FollowAsync(_owner.SubmitAsync(page, "form[action$='/suspend']", new { reason = "spam" }));

        Assert.Contains("Suspended", after.Heading, StringComparison.Ordinal);
        Assert.StartsWith("/account/sign-in", (await browser.GetAsync("/account")).Location, StringComparison.Ordinal);
        var audit = await _owner.GetAsync($"/admin/audit?q={Uri.EscapeDataString($"person {person.Id}")}");
        Assert.Contains("spam", audit.TextOf("tbody"), StringComparison.Ordinal);

        await _owner.SubmitAsync(after, "form[action$='/restore']");
        using var again = await _site.SignInAsync("asha@example.org");
    }

    [Fact]
    public async Task Suspending_without_a_reason_changes_nothing()
    {
        var person = await _site.PersonAsync("asha@example.org");
        var page = await _owner.GetAsync($"/admin/people/{person.Id}");

        var after = await _owner.FollowAsync(_owner.SubmitAsync(page, "form[action$='/suspend']", new { reason = "  " }));

        Assert.Contains("Nothing changed", after.Text, StringComparison.Ordinal);
        Assert.Null((await _site.ReadAsync(db => db.Users.SingleAsync(u => u.Id == person.Id))).SuspendedAt);
    }

    [Fact]
    public async Task Only_the_owner_makes_admins_and_nobody_unmakes_the_owner()
    {
        var person = await _site.PersonAsync("asha@example.org");
        using var admin = await _site.AdminAsync("admin@example.org");
        var owner = await _site.ReadAsync(db => db.Users.SingleAsync(u => u.Role == Role.Owner));

        Assert.False((await admin.GetAsync($"/admin/people/{person.Id}")).Has("form[action$='/role']"));
        Assert.False((await admin.GetAsync($"/admin/people/{owner.Id}")).Has("form[action$='/suspend']"));
        var page = await _owner.GetAsync($"/admin/people/{person.Id}");
        await _owner.SubmitAsync(page, "form[action$='/role']");

        Assert.Equal(Role.Admin, (await _site.ReadAsync(db => db.Users.SingleAsync(u => u.Id == person.Id))).Role);
    }

    [Fact]
    public async Task An_invited_person_chooses_a_password_and_is_in()
    {
        var form = await _owner.GetAsync("/admin/people/new");
        var ready = await _owner.SubmitAsync(form, "main form", new { Email = "guest@example.org", Name = "Guest" });
        var link = new Uri(ready.TextOf("code.command")).PathAndQuery;
        using var guest = _site.NewBrowser();

        var set = await guest.SubmitAsync(await guest.GetAsync(link), "main form", new { Password = Make.Password });

        Assert.Equal("/account/sign-in", set.Location);
        using var browser = await _site.SignInAsync("guest@example.org");
    }

    [Fact]
    public async Task A_letter_is_read_here_only_while_no_mail_server_brings_it()
    {
        await _site.WriteAsync(write => write.Db.Mails.Add(new Mail("a@example.org", "Hello", "the link", write.Now)));
        var id = (await _site.LetterAsync("a@example.org")).Id;

        Assert.Contains("the link", (await _owner.GetAsync($"/admin/letters/{id}")).TextOf("pre"), StringComparison.Ordinal);

        await using var sending = await Site.StartAsync(settings: ["Mail:Host=mail.example.org", "Mail:From=house@example.org"]);
        using var admin = await sending.AdminAsync();
        await sending.WriteAsync(write => write.Db.Mails.Add(Later(write.Now)));
        var sent = (await sending.LetterAsync("a@example.org")).Id;
        Assert.DoesNotContain("the link", (await admin.GetAsync($"/admin/letters/{sent}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/people")]
    [InlineData("/admin/people/csv")]
    [InlineData("/admin/people/1")]
    [InlineData("/admin/people/new")]
    [InlineData("/admin/letters")]
    [InlineData("/admin/audit")]
    [InlineData("/admin/settings")]
    public async Task The_rooms_are_closed_to_people_and_to_admins_without_a_fresh_factor(string path)
    {
        await _site.PersonAsync("asha@example.org");
        using var person = await _site.SignInAsync("asha@example.org");
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GetAsync(path)).Status);

        _site.Clock.Advance(TimeSpan.FromHours(8));
        Assert.StartsWith("/account/prove?for=staff", (await _owner.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/people/999999")]
    [InlineData("/admin/letters/999999")]
    [InlineData("/admin/people/abc")]
    public async Task What_is_not_there_is_404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _owner.GetAsync(path)).Status);

    private static Mail Later(DateTimeOffset now)
    {
        var mail = new Mail("a@example.org", "Hello", "the link", now);
        mail.Lease(now + TimeSpan.FromDays(1));
        return mail;
    }
}
