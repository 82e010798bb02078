using System.IO.Compression;
using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Gallery;

/// <summary>What a person made, as they see it and with everything they can do to it.</summary>
public sealed class HistoryPageTests : IAsyncLifetime
{
    private const string Form = "form[action='/history/delete']";
    private Site _site = null!;
    private PlainBrowser _browser = null!;
    private long _asha;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _asha = (await _site.PersonAsync()).Id;
        _browser = await _site.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_history_says_what_will_hang_there()
    {
        var page = await _browser.GetAsync("/history");

        Assert.Equal("Nothing made yet", page.TextOf(".empty h2"));
        Assert.Empty(page.Document.QuerySelectorAll(".seg a"));
        Assert.Equal("page", page.Document.QuerySelector(".rail a[href='/history']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Twelve_a_page_and_each_says_when_it_goes()
    {
        var made = await FillAsync(14);
        await _browser.GetAsync("/history");

        var first = await _browser.GetAsync("/history?show=all");
        var second = await _browser.GetAsync("/history?show=all&page=2");

        Assert.Equal(12, first.Document.QuerySelectorAll(".history > li").Length);
        Assert.Equal(2, second.Document.QuerySelectorAll(".history > li").Length);
        Assert.Contains("14 of 30", first.TextOf("h1 + p"), StringComparison.Ordinal);
        Assert.Contains("Goes when you make 30 more", first.TextOf($"#result-{made[^1].Id}"), StringComparison.Ordinal);
        Assert.Contains("Goes when you make 17 more", second.TextOf($"#result-{made[0].Id}"), StringComparison.Ordinal);
        Assert.All(first.Document.QuerySelectorAll(".history img"), img =>
        {
            Assert.Equal("lazy", img.GetAttribute("loading"));
            Assert.NotEmpty(img.GetAttribute("alt")!);
            Assert.EndsWith("?w=320", img.GetAttribute("src"), StringComparison.Ordinal);
        });
        Assert.Equal("no", first.Document.QuerySelector(".history b")!.GetAttribute("translate"));
        Assert.Null(first.Document.QuerySelector(".flash--warn"));
    }

    [Fact]
    public async Task From_twenty_eight_on_it_says_what_goes_next()
    {
        var made = await FillAsync(28);
        Assert.Contains("2 more results fit. After them number 0", (await _browser.GetAsync("/history")).TextOf(".flash--warn"), StringComparison.Ordinal);

        await _site.Services.GetRequiredService<History>().PinAsync(_asha, made[0].Id, isPinned: true);
        await FillAsync(3);

        var page = await _browser.GetAsync("/history");
        Assert.Contains("The shelf is full. The next result puts away number 1", page.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Contains(", 1 pinned", page.TextOf("h1 + p"), StringComparison.Ordinal);
        Assert.Equal(["All 31", "Pictures 31", "Pinned 1"], page.Document.QuerySelectorAll(".seg a").Select(tab => tab.TextContent.Trim()));
        Assert.Contains("Goes with the next one", (await _browser.GetAsync("/history?page=3")).TextOf($"#result-{made[1].Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_twelve_is_light_and_Save_Data_makes_it_lighter()
    {
        await FillAsync(12);
        var page = await _browser.GetAsync("/history");
        var sum = page.Body.Length;
        foreach (var img in page.Document.QuerySelectorAll(".history img"))
            sum += (await PictureAsync(img.GetAttribute("src")!)).Body.Length;
        Assert.InRange(sum, 1, 150 * 1024);

        var request = new HttpRequestMessage(HttpMethod.Get, "/history");
        request.Headers.Add("Save-Data", "on");
        Assert.EndsWith("?w=160", (await _browser.SendAsync(request)).Document.QuerySelector(".history img")!.GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_removed_can_be_undone_at_once_or_within_the_day()
    {
        var made = await FillAsync(3);
        var page = await _browser.GetAsync("/history?show=pictures");

        var removed = await _browser.SubmitAsync(page, Form, new { id = new[] { $"{made[0].Id}", $"{made[1].Id}" } }, ".button--danger");
        Assert.Equal(HttpStatusCode.SeeOther, removed.Status);
        Assert.Equal($"/history?show=pictures&undo={made[0].Id}-{made[1].Id}", removed.Location);
        var after = await _browser.FollowAsync(removed);
        Assert.Contains("2 removed", after.TextOf(".flash--good"), StringComparison.Ordinal);
        Assert.Single(after.Document.QuerySelectorAll(".history > li"));

        var undone = await _browser.FollowAsync(await _browser.SubmitAsync(after, "form.flash"));
        Assert.Contains("2 are back", undone.Text, StringComparison.Ordinal);
        Assert.Equal(3, undone.Document.QuerySelectorAll(".history > li").Length);

        await _browser.SubmitAsync(undone, Form, new { id = $"{made[2].Id}" }, ".button--danger");
        var tab = await _browser.GetAsync("/history?show=removed");
        Assert.Contains("Until", tab.TextOf($"#result-{made[2].Id}"), StringComparison.Ordinal);
        _site.Clock.Advance(History.Grace);
        Assert.Null((await _browser.GetAsync("/history?show=removed")).Document.QuerySelector($"#result-{made[2].Id}"));
        var late = await _browser.FollowAsync(await _browser.SubmitAsync(tab, Form, new { id = $"{made[2].Id}" }, "[formaction='/history/restore']"));
        Assert.Contains("Its day was over", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chosen_come_as_one_zip_under_our_names()
    {
        var made = await FillAsync(3);
        var page = await _browser.GetAsync("/history");

        var zip = await _browser.SubmitAsync(page, Form, new { id = new[] { $"{made[0].Id}", $"{made[2].Id}" } }, "[formaction='/history/download']");

        Assert.Equal("application/zip", zip.ContentType);
        using var archive = new ZipArchive(new MemoryStream(zip.Body));
        Assert.Equal(2, archive.Entries.Count);
        Assert.All(archive.Entries, entry => Assert.Matches(@"^dressora-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.webp$", entry.FullName));
        await using var content = await archive.Entries[0].OpenAsync();
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        Assert.Equal(Pieces.Bytes, bytes.ToArray());
    }

    [Fact]
    public async Task Nothing_chosen_is_said_in_words()
    {
        await FillAsync(1);
        var page = await _browser.GetAsync("/history");

        foreach (var button in new[] { "[formaction='/history/download']", ".button--danger" })
            Assert.Contains("Choose one at least", (await _browser.FollowAsync(await _browser.SubmitAsync(page, Form, null, button))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pinning_goes_back_to_where_it_was_asked_and_nowhere_else()
    {
        var made = await FillAsync(1);
        var page = await _browser.GetAsync("/history");

        var pinned = await _browser.SubmitAsync(page, Form, null, $"[formaction='/history/result/{made[0].Id}/pin']");
        Assert.Equal("/history", pinned.Location);
        Assert.Contains("Pinned, stays", (await _browser.FollowAsync(pinned)).TextOf($"#result-{made[0].Id}"), StringComparison.Ordinal);

        page = await _browser.GetAsync("/history");
        page.Document.QuerySelector($"{Form} input[name=back]")!.SetAttribute("value", "https://elsewhere.example/");
        Assert.Equal("/history", (await _browser.SubmitAsync(page, Form, null, $"[formaction='/history/result/{made[0].Id}/unpin']")).Location);
        Assert.False((await _site.FindResultAsync(made[0].Id)).IsPinned);
    }

    [Fact]
    public async Task The_hundred_and_first_pin_is_refused_in_words()
    {
        var made = await FillAsync(2);
        await _site.Database.WriteAsync(write => write.RunAsync($"UPDATE results SET is_pinned = TRUE WHERE id = {made[0].Id}"));
        for (var n = 1; n < History.PinnedMax; n++)
            await _site.Database.WriteAsync(write => write.RunAsync(
                $"INSERT INTO results (job_id, user_id, position, media_id, made_at, state, is_pinned) VALUES ({made[0].JobId}, {_asha}, {n}, {$"m{n}"}, 1, 'Kept', TRUE)"));
        var page = await _browser.GetAsync("/history");

        var refused = await _browser.FollowAsync(await _browser.SubmitAsync(page, Form, null, $"[formaction='/history/result/{made[1].Id}/pin']"));

        Assert.Contains("100 are pinned, and that is the most", refused.Text, StringComparison.Ordinal);
        Assert.False((await _site.FindResultAsync(made[1].Id)).IsPinned);
    }

    [Fact]
    public async Task What_is_somebody_elses_is_not_there()
    {
        var ravi = await _site.PersonAsync("ravi@example.org");
        var (foreign, mine) = (await _site.ResultAsync(ravi.Id), (await FillAsync(1))[0]);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync($"/history/result/{foreign.Id}")).Status);
        Assert.Equal($"/jobs/{mine.JobId}", (await _browser.GetAsync($"/history/result/{mine.Id}")).Location);
        Assert.DoesNotContain(foreign.MediaId, (await _browser.GetAsync("/history")).Text, StringComparison.Ordinal);

        foreach (var act in new[] { "/history/delete", "/history/download", "/history/restore" })
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(act, ("id", $"{mine.Id}"), ("id", $"{foreign.Id}"))).Status);
        foreach (var act in new[] { "pin", "unpin", "remove", "restore" })
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync($"/history/result/{foreign.Id}/{act}")).Status);
        Assert.Equal(ResultState.Kept, (await _site.FindResultAsync(foreign.Id)).State);
        Assert.Equal(ResultState.Kept, (await _site.FindResultAsync(mine.Id)).State);
    }

    [Fact]
    public async Task Removed_twice_at_once_it_is_removed_once()
    {
        var made = await FillAsync(1);

        var both = await Task.WhenAll(SendAsync($"/history/result/{made[0].Id}/remove"), SendAsync($"/history/result/{made[0].Id}/remove"));

        Assert.All(both, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Equal(1, await _site.ReadAsync(db => db.MediaDeletions.CountAsync()));
        var back = await SendAsync($"/history/result/{made[0].Id}/restore", ("back", "/jobs/x"));
        Assert.Equal("/jobs/x", back.Location);
        Assert.Equal(ResultState.Kept, (await _site.FindResultAsync(made[0].Id)).State);
    }

    private async Task<List<Result>> FillAsync(int count)
    {
        var made = new List<Result>();
        for (var n = 0; n < count; n++)
            made.Add(await _site.ResultAsync(_asha, prompt: $"number {n}"));
        return made;
    }

    private async Task<Answer> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await _browser.GetAsync("/credits");
        var form = fields.Append(("__RequestVerificationToken", page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!));
        return await _browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        });
    }

    private Task<Answer> PictureAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "image/avif,image/webp,*/*;q=0.8");
        return _browser.SendAsync(request);
    }
}
