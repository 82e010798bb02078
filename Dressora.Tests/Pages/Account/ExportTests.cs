using System.IO.Compression;
using System.Net;
using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Account;

/// <summary>A copy of everything: asked for, packed, fetched, gone after a week.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private Site _site = null!;
    private PlainBrowser _browser = null!;
    private long _asha;

    private Exports Exports => _site.Services.GetRequiredService<Exports>();

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync(adjust: builder =>
            builder.Services.Remove(builder.Services.Single(one => one.ImplementationType == typeof(ExportWorker))));
        _asha = (await _site.PersonAsync()).Id;
        _browser = await _site.SignInAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task It_holds_every_file_the_account_and_the_credits_and_nothing_of_others()
    {
        var photo = await _site.PhotoAsync(_asha, label: "=Me");
        await _site.FileAsync(_asha, [1, 2, 3]);
        var ben = (await _site.PersonAsync("ben@example.org")).Id;
        await _site.PhotoAsync(ben, 9, label: "Ben");
        var mine = await _site.ResultAsync(_asha, prompt: "a coral coat");
        var theirs = await _site.ResultAsync(ben, prompt: "Ben's coat");
        var order = new GrantOrder(_asha, Category.Paid, 50, FakeClock.Start, Grant.Never, "gift:1", "=SUM(A1)");
        await _site.Database.WriteAsync(write => _site.Services.GetRequiredService<CreditLedger>().GrantAsync(write, order));

        Assert.Contains("being packed", (await AskAsync()).Text, StringComparison.Ordinal);
        Assert.True(await Exports.PackNextAsync(default));
        var page = await _browser.GetAsync("/account/export");
        var answer = await _browser.GetAsync(page.Find("a[href^='/media/']").GetAttribute("href")!);

        Assert.Equal("application/zip", answer.ContentType);
        Assert.StartsWith("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(answer.Body));
        Assert.Equal(["account.json", "credits.csv", "files.json", "made.json", "paid.json"], zip.Entries.Select(e => e.FullName).Where(name => !name.StartsWith("files/", StringComparison.Ordinal)).Order());
        Assert.Contains("a coral coat", Text(zip, "made.json"), StringComparison.Ordinal);
        Assert.Contains(mine.JobId, Text(zip, "made.json"), StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.JobId, Text(zip, "made.json"), StringComparison.Ordinal);
        Assert.Equal(3, zip.Entries.Count(e => e.FullName.StartsWith("files/", StringComparison.Ordinal)));
        Assert.Contains("asha@example.org", Text(zip, "account.json"), StringComparison.Ordinal);
        Assert.Contains("\"'=SUM(A1)\"", Text(zip, "credits.csv"), StringComparison.Ordinal);
        Assert.Contains(photo.Sha256, Text(zip, "files.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("Ben", Text(zip, "files.json") + Text(zip, "account.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_for_a_fresh_proof()
    {
        _site.Clock.Advance(TimeSpan.FromDays(1));

        var answer = await _browser.SubmitAsync(await _browser.GetAsync("/account/export"), "form[action='/account/export']");

        Assert.StartsWith("/account/prove", answer.Location, StringComparison.Ordinal);
        Assert.Null(await Exports.LatestAsync(_asha));
    }

    [Fact]
    public async Task One_a_day_and_it_goes_after_a_week()
    {
        await AskAsync();
        Assert.Equal(ExportAsked.Already, await Exports.AskAsync(_asha));
        await Exports.PackNextAsync(default);
        Assert.Equal(ExportAsked.TooSoon, await Exports.AskAsync(_asha));
        var zip = (await Exports.LatestAsync(_asha))!.MediaId!;

        _site.Clock.Advance(Export.Kept);
        Assert.Equal(1, await Exports.SweepAsync());
        await _site.DeletedAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await (await _site.SignInAsync()).GetAsync(MediaAddresses.Of(zip))).Status);
        Assert.Empty(Directory.GetFiles(_site.Folder.Media, "*", SearchOption.AllDirectories));
        Assert.Equal(ExportAsked.Asked, await Exports.AskAsync(_asha));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_and_the_rest_is_there()
    {
        var lost = await _site.PhotoAsync(_asha);
        await _site.FileAsync(_asha, [1, 2, 3]);
        await _site.Services.GetRequiredService<IBlobStore>().DeleteAsync(lost.BlobKey, default);
        await AskAsync();
        await Exports.PackNextAsync(default);

        var item = await _site.Services.GetRequiredService<MediaStore>().FindAsync(_asha, (await Exports.LatestAsync(_asha))!.MediaId!);
        await using var content = await _site.Services.GetRequiredService<MediaStore>().OpenAsync(item!);
        using var zip = new ZipArchive(content);

        Assert.Contains("\"isThere\": false", Text(zip, "files.json"), StringComparison.Ordinal);
        Assert.Contains("\"isThere\": true", Text(zip, "files.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_whose_person_left_meanwhile_is_thrown_away()
    {
        await AskAsync();
        await _site.Database.WriteAsync(write => _site.Services.GetRequiredService<MediaStore>().MarkAllAsync(write, _asha));

        Assert.False(await Exports.PackNextAsync(default));
        Assert.Equal(0, await _site.ReadAsync(db => db.MediaItems.CountAsync()));
    }

    private async Task<Answer> AskAsync() => await _browser.FollowAsync(
        await _browser.SubmitAsync(await _browser.GetAsync("/account/export"), "form[action='/account/export']"));

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
