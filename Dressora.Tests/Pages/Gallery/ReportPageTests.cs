using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Gallery;

/// <summary>Anybody says what is wrong with a shared picture; an admin judges it within a day.</summary>
public sealed class ReportPageTests : IAsyncLifetime
{
    private const string Form = "main form";
    private Site _site = null!;
    private PlainBrowser _stranger = null!;
    private PlainBrowser _admin = null!;
    private long _asha;
    private Result _result = null!;
    private string _link = "";

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _asha = (await _site.PersonAsync()).Id;
        _result = await _site.ResultAsync(_asha);
        _link = await LinkAsync(_result.Id);
        _stranger = _site.NewBrowser();
        _admin = await _site.AdminAsync();
    }

    public async Task DisposeAsync()
    {
        _stranger.Dispose();
        _admin.Dispose();
        await _site.DisposeAsync();
    }

    [Theory]
    [InlineData(ReportReason.Me, true)]
    [InlineData(ReportReason.Child, true)]
    [InlineData(ReportReason.Undressed, false)]
    [InlineData(ReportReason.Illegal, false)]
    [InlineData(ReportReason.Other, false)]
    public async Task Only_what_shows_somebody_against_their_will_is_hidden_at_once(ReportReason reason, bool hides)
    {
        var sent = await ReportAsync(reason, "it is my neighbour");

        Assert.Equal($"{_link}/report?sent=true", sent.Location);
        Assert.Equal("Thank you", (await _stranger.FollowAsync(sent)).Heading);
        Assert.Equal(hides ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await _stranger.GetAsync(_link)).Status);
        var report = await _site.ReadAsync(db => db.Reports.SingleAsync());
        Assert.Equal((reason, "it is my neighbour", hides, _asha), (report.Reason, report.Words, report.Hides, report.OwnerId));
        Assert.Equal(report.MadeAt + TimeSpan.FromHours(24), report.DueAt);
    }

    [Fact]
    public async Task A_report_without_a_reason_or_with_too_many_words_is_asked_again()
    {
        var page = await _stranger.GetAsync($"{_link}/report");

        var refused = await _stranger.SubmitAsync(page, Form, new { Form_Words = new string('x', 1_001) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Choose what is wrong with it.", refused.TextOf("#reason-error"));
        Assert.Equal("At most 1000 characters; these are 1001.", refused.TextOf("#words-error"));
        Assert.Equal(0, await _site.ReadAsync(db => db.Reports.CountAsync()));
    }

    [Fact]
    public async Task The_clock_comes_first_and_what_is_late_is_a_problem()
    {
        await ReportAsync(ReportReason.Other);
        Assert.Contains("24 h 0 min left", (await _admin.GetAsync("/admin/reports")).Text, StringComparison.Ordinal);
        Assert.Contains("One report waits", (await _admin.GetAsync("/admin")).Text, StringComparison.Ordinal);

        _site.Clock.Advance(TimeSpan.FromMinutes((24 * 60) + 5));

        var admin = await AgainAsync();
        Assert.Contains("0 h 5 min late", (await admin.GetAsync("/admin/reports")).TextOf(".badge--bad"), StringComparison.Ordinal);
        Assert.Contains("One report is overdue", (await admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_looks_at_the_picture_without_a_reason_in_the_list()
    {
        await ReportAsync(ReportReason.Undressed);
        var page = await _admin.GetAsync("/admin/reports/1");
        Assert.False(page.Has(".job-picture"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _admin.SubmitAsync(page, "form[action$=look]", new { Reason = " " })).Status);
        Assert.Equal(0, await _site.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == "look at a picture")));
        var shown = await _admin.SubmitAsync(page, "form[action$=look]", new { Reason = "to judge report 1" });

        Assert.Equal(HttpStatusCode.OK, (await _admin.GetAsync(shown.Find(".job-picture img").GetAttribute("src")!)).Status);
        var entry = await _site.ReadAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == "look at a picture"));
        Assert.Equal(($"person {_asha}", "report 1: to judge report 1"), (entry.Subject, entry.Detail));
    }

    [Fact]
    public async Task What_is_kept_is_shown_again_and_the_same_reason_does_not_hide_it_twice()
    {
        await ReportAsync(ReportReason.Me);
        await ReportAsync(ReportReason.Other);

        var kept = await JudgeAsync(1, "form[action$=keep]", "the person agreed", null);

        Assert.Contains("It stays", kept.Text, StringComparison.Ordinal);
        Assert.All(await _site.ReadAsync(db => db.Reports.ToListAsync()), report => Assert.Equal(ReportState.Kept, report.State));
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync(_link)).Status);
        await ReportAsync(ReportReason.Me);
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync(_link)).Status);
        await ReportAsync(ReportReason.Child);
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(_link)).Status);
    }

    [Fact]
    public async Task What_is_removed_goes_for_good_and_is_not_taken_again()
    {
        var other = await LinkAsync(_result.Id);
        await ReportAsync(ReportReason.Undressed);

        await JudgeAsync(1, "form[action$=keep]", "somebody is undressed", "[formaction$=remove]");

        foreach (var link in new[] { _link, other })
            Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(link)).Status);
        Assert.Equal(ResultState.Gone, (await _site.FindResultAsync(_result.Id)).State);
        Assert.False(await _site.Services.GetRequiredService<History>().BringBackAsync(_asha, _result.Id));
        await _site.DeletedAsync();
        Assert.Equal(MediaState.Gone, (await _site.ReadAsync(db => db.MediaItems.SingleAsync(item => item.Id == _result.MediaId))).State);
        Assert.Equal(StrikeReason.Removed, (await _site.ReadAsync(db => db.Strikes.SingleAsync())).Reason);
        var letter = await _site.LetterAsync("asha@example.org");
        Assert.Contains("somebody is undressed", letter.Body, StringComparison.Ordinal);

        var ravi = await _site.PersonAsync("ravi@example.org");
        Assert.IsType<Uploaded.Blocked>(await UploadAsync(ravi.Id));
        using var browser = await _site.SignInAsync("ravi@example.org");
        var refused = await browser.SubmitAsync(
            await browser.GetAsync("/wardrobe"), "form[action='/wardrobe']",
            new { Form_File = new Upload("me.webp", "image/webp", Pieces.Bytes), Form_States = true });
        Assert.Contains("reported and removed here", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_its_owner_removed_meanwhile_can_still_be_judged()
    {
        await ReportAsync(ReportReason.Child);
        await _site.Services.GetRequiredService<History>().RemoveAsync(_asha, _result.Id);
        Assert.Contains("not here any more", (await _admin.GetAsync("/admin/reports/1")).Text, StringComparison.Ordinal);

        await JudgeAsync(1, "form[action$=keep]", "a child", "[formaction$=remove]");

        Assert.False(await _site.Services.GetRequiredService<History>().BringBackAsync(_asha, _result.Id));
        Assert.IsType<Uploaded.Blocked>(await UploadAsync(_asha));
    }

    [Fact]
    public async Task Judged_twice_at_once_it_is_judged_once()
    {
        await ReportAsync(ReportReason.Other);
        var (reports, takedown) = (_site.Services.GetRequiredService<Reports>(), _site.Services.GetRequiredService<Takedown>());

        var both = await Task.WhenAll(reports.KeepAsync(1, "fine", 1), takedown.RemoveAsync(1, "bad", 1), takedown.RemoveAsync(1, "bad", 1));

        Assert.Single(both, judged => judged);
        Assert.Single(await _site.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action.EndsWith("a picture")).ToListAsync()));
    }

    [Fact]
    public async Task A_report_goes_with_the_account()
    {
        await ReportAsync(ReportReason.Me);

        await _site.Database.WriteAsync(async write =>
        {
            foreach (var farewell in _site.Services.GetServices<Farewell>())
                await farewell(write, _asha);
        });

        Assert.Equal(ReportState.Moot, (await _site.ReadAsync(db => db.Reports.SingleAsync())).State);
        Assert.Contains("Nothing to judge", (await _admin.GetAsync("/admin/reports")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_network_reports_twenty_times_an_hour_and_not_more()
    {
        await using var site = await Site.StartAsync(Engine.Sqlite, null, "Site:RateScale=1");
        using var stranger = site.NewBrowser();
        var asha = await site.PersonAsync();
        var shares = site.Services.GetRequiredService<Shares>();
        var share = ((ShareOutcome.Made)await shares.MakeAsync(asha.Id, (await site.ResultAsync(asha.Id)).Id, 7)).Share;
        var page = await stranger.GetAsync($"{share.Path}/report");
        for (var n = 0; n < 20; n++)
            Assert.Equal(HttpStatusCode.SeeOther, (await stranger.SubmitAsync(page, Form, new { Form_Reason = "Other" })).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SubmitAsync(page, Form, new { Form_Reason = "Other" })).Status);
    }

    [Fact]
    public async Task Only_admins_see_reports()
    {
        await ReportAsync(ReportReason.Me);
        using var asha = await _site.SignInAsync();

        foreach (var path in new[] { "/admin/reports", "/admin/reports/1", "/admin/claims" })
            Assert.Equal(HttpStatusCode.Forbidden, (await asha.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync("/admin/reports/99")).Status);
    }

    private async Task<string> LinkAsync(long resultId) =>
        await _site.Services.GetRequiredService<Shares>().MakeAsync(_asha, resultId, 7) is ShareOutcome.Made(var share) ? share.Path : "";

    private async Task<Answer> ReportAsync(ReportReason reason, string words = "") => await _stranger.SubmitAsync(
        await _stranger.GetAsync($"{_link}/report"), Form, new { Form_Reason = $"{reason}", Form_Words = words });

    private async Task<Answer> JudgeAsync(long id, string form, string answer, string? button) => await _admin.FollowAsync(
        await _admin.SubmitAsync(await _admin.GetAsync($"/admin/reports/{id}"), form, new { Answer = answer }, button));

    private async Task<Uploaded> UploadAsync(long userId)
    {
        using var content = new MemoryStream(Pieces.Bytes);
        return await _site.Services.GetRequiredService<Uploads>().TakeAsync(
            userId, content, new UploadWish(Purpose.Person, States: true), CancellationToken.None);
    }

    private Task<PlainBrowser> AgainAsync() => _site.AdminAsync("later@example.org");
}
