using System.Net;
using System.Text.Json;
using Dressora.Tests.Harness;
using Dressora.Tests.Shell;
using Dressora.Web.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dressora.Tests.Pages.Errors;

public sealed class ErrorTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Theory]
    [InlineData(400, "This could not be read")]
    [InlineData(401, "Sign in first")]
    [InlineData(403, "This door is not yours")]
    [InlineData(404, "Nothing hangs here")]
    [InlineData(405, "Not in this way")]
    [InlineData(413, "That is too large")]
    [InlineData(418, "This was not accepted")]
    [InlineData(422, "Something in it is not right")]
    [InlineData(429, "A little slower")]
    [InlineData(500, "A seam came apart")]
    [InlineData(502, "A seam came apart")]
    [InlineData(503, "Closed for a moment")]
    public async Task Each_failure_has_its_words_and_one_step(int status, string heading)
    {
        var answer = await _browser.GetAsync($"/errors/{status}");

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(heading, answer.Heading);
        Assert.NotEmpty(answer.TextOf(".lede"));
        Assert.Single(answer.Document.QuerySelectorAll("main .button"));
        Assert.Equal("noindex", answer.Find("meta[name=robots]").GetAttribute("content"));
        Assert.False(answer.Has("link[rel=canonical]"));
        Assert.Contains(answer.Header("X-Request-Id")!, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/errors/200")]
    [InlineData("/errors/0")]
    [InlineData("/errors/-1")]
    [InlineData("/errors/999999")]
    [InlineData("/errors/teapot")]
    [InlineData("/errors/99999999999")]
    public async Task A_number_that_is_no_failure_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(path)).Status);

    [Fact]
    public async Task Not_found_keeps_the_address_for_the_theme_and_leads_to_the_door()
    {
        var answer = await _browser.GetAsync("/studio-of-nobody?and=more");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("/studio-of-nobody?and=more", answer.Find("footer input[name=returnTo]").GetAttribute("value"));
        Assert.Equal("/", answer.Find("main .button").GetAttribute("href"));
    }

    [Fact]
    public async Task An_error_page_knows_who_is_signed_in()
    {
        await shared.Site.PersonAsync("lost@example.org");
        using var browser = await shared.Site.SignInAsync("lost@example.org");

        var answer = await browser.GetAsync("/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("/studio", answer.Find("header .button").GetAttribute("href"));
    }

    [Fact]
    public async Task Htmx_gets_a_piece_and_caches_keep_the_two_apart()
    {
        var piece = await _browser.GetPieceAsync("/nothing-here");
        var whole = await _browser.GetAsync(
            "/nothing-here", ("HX-Request", "true"), ("HX-History-Restore-Request", "true"));

        Assert.Equal(HttpStatusCode.NotFound, piece.Status);
        Assert.DoesNotContain("<html", piece.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing hangs here.", piece.TextOf("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("HX-Request", piece.Header("Vary"), StringComparison.Ordinal);
        Assert.Contains("<html", whole.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_program_gets_the_problem_as_json(string method)
    {
        var answer = await _browser.SendAsync(new HttpMethod(method), "/api/nothing");
        using var problem = JsonDocument.Parse(answer.Body);

        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal(answer.Header("X-Request-Id"), problem.RootElement.GetProperty("requestId").GetString());
    }

    [Theory]
    [InlineData(Unavailable.Busy, "Many people are writing at once", "2")]
    [InlineData(Unavailable.CannotWrite, "disk takes no new writing", "30")]
    [InlineData(Unavailable.Offline, "database of this server does not answer", "30")]
    [InlineData(Unavailable.Stopping, "being restarted", "30")]
    public async Task A_database_that_is_away_says_why_and_when_to_come_back(Unavailable why, string words, string wait)
    {
        await using var site = await StartBrokenAsync(new DatabaseUnavailableException(why));

        var answer = await SignUpAsync(site);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains(words, answer.TextOf(".lede"), StringComparison.Ordinal);
        Assert.Equal(wait, answer.Header("Retry-After"));
        Assert.Equal("/account/new", answer.Find("main .button").GetAttribute("href"));
        Assert.DoesNotContain(
            site.Log.Lines, line => line.Error is DatabaseUnavailableException && line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_bug_is_our_fault_and_tells_nothing_about_itself()
    {
        await using var site = await StartBrokenAsync(new InvalidOperationException("canary"));

        var answer = await SignUpAsync(site);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains("this server's fault, not yours", answer.TextOf(".lede"), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
        Assert.Contains(site.Log.Lines, line => line.Error?.Message == "canary");
    }

    [Fact]
    public async Task A_session_that_cannot_be_looked_up_does_not_break_the_page_about_it()
    {
        await using var site = await Site.StartAsync();
        await site.PersonAsync();
        using var browser = await site.SignInAsync();
        var sessions = Path.Combine(site.Folder.Root, "dressora.db");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={sessions}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE sessions RENAME TO mislaid";
            command.ExecuteNonQuery();
        }

        var answer = await browser.GetAsync("/account");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("A seam came apart", answer.Heading);
    }

    private static Task<Site> StartBrokenAsync(Exception failure) => Site.StartAsync(adjust: builder =>
    {
        foreach (var hosted in builder.Services.Where(service =>
            service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)
            && service.ImplementationType?.Assembly == typeof(Database).Assembly).ToList())
            builder.Services.Remove(hosted);
        builder.Services.Replace(ServiceDescriptor.Singleton<IWriter>(new BrokenWriter(failure)));
    });

    private static async Task<Answer> SignUpAsync(Site site)
    {
        using var browser = site.NewBrowser();
        var page = await browser.GetAsync("/account/new");
        site.Clock.Advance(TimeSpan.FromSeconds(9));
        return await browser.SubmitAsync(page, "form[data-puzzle]", new
        {
            Form_Email = "mila@example.org",
            Form_Password = Make.Password,
            Form_Sum = Make.SumIn(page),
        });
    }

    private sealed class BrokenWriter(Exception failure) : IWriter
    {
        public Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel) => throw failure;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
