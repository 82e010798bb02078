using System.Net;
using System.Net.Http.Headers;
using Dressora.Tests.Harness;
using Dressora.Web.Media;
using Dressora.Web.Pictures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Api;

/// <summary>Where files are: who gets them, in which pieces, and with what said about them.</summary>
public sealed class MediaEndpointsTests : IAsyncLifetime
{
    private Site _site = null!;
    private PlainBrowser _owner = null!;
    private PlainBrowser _other = null!;
    private MediaItem _photo = null!;
    private MediaItem _film = null!;
    private byte[] _bytes = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        var asha = await _site.PersonAsync();
        await _site.PersonAsync("ben@example.org");
        _owner = await _site.SignInAsync();
        _other = await _site.SignInAsync("ben@example.org");
        _photo = await _site.PhotoAsync(asha.Id);
        _bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
        _film = await _site.FileAsync(asha.Id, _bytes);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Its_owner_sees_it_and_nobody_else_knows_it_is_there()
    {
        foreach (var item in new[] { _photo, _film })
        {
            var address = MediaAddresses.Of(item.Id);
            Assert.Equal(HttpStatusCode.OK, (await _owner.GetAsync(address)).Status);
            foreach (var stranger in new[] { _other, _site.NewBrowser(), await _site.AdminAsync($"admin-{item.Kind}@example.org") })
            {
                foreach (var way in new[] { address, $"{address}?w=320", $"{address}?download", $"{address}?until=99999999999&sign=x" })
                    Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(way)).Status);
            }
        }
    }

    [Fact]
    public async Task It_says_what_keeps_it_from_being_run_or_kept_by_others()
    {
        foreach (var path in new[] { MediaAddresses.Of(_photo.Id), MediaAddresses.Of(_photo.Id, 160), MediaAddresses.Of(_film.Id) })
        {
            var answer = await _owner.GetAsync(path);

            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
            Assert.Contains("private", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Matches("^inline; filename=\"?dressora-[0-9a-f]{8}\\.(jpg|mp4)\"?$", answer.Header("Content-Disposition"));
            Assert.DoesNotContain("html", answer.ContentType, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=100-199", 100, 100)]
    [InlineData("bytes=199990-", 199_990, 10)]
    [InlineData("bytes=199990-999999", 199_990, 10)]
    [InlineData("bytes=-5", 199_995, 5)]
    [InlineData("bytes=-999999", 0, 200_000)]
    public async Task A_range_is_answered_with_that_part(string range, int from, int count)
    {
        var answer = await AskAsync(_film, request => request.Headers.TryAddWithoutValidation("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, answer.Status);
        Assert.Equal($"bytes {from}-{from + count - 1}/200000", answer.Header("Content-Range"));
        Assert.Equal(_bytes.AsSpan(from, count).ToArray(), answer.Body);
    }

    [Theory]
    [InlineData("bytes=200000-")]
    [InlineData("bytes=999999-9999999")]
    [InlineData("bytes=-0")]
    public async Task A_range_beyond_the_end_is_416(string range)
    {
        var answer = await AskAsync(_film, request => request.Headers.TryAddWithoutValidation("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.Status);
        Assert.Equal("bytes */200000", answer.Header("Content-Range"));
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=9-1")]
    [InlineData("nonsense")]
    public async Task A_range_that_we_do_not_read_is_answered_with_all(string range)
    {
        var answer = await AskAsync(_film, request => request.Headers.TryAddWithoutValidation("Range", range));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(_bytes, answer.Body);
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again_and_a_changed_file_is_not_continued()
    {
        var tag = EntityTagHeaderValue.Parse((await AskAsync(_film, _ => { })).Header("ETag")!);

        var known = await AskAsync(_film, request => request.Headers.IfNoneMatch.Add(tag));
        var continued = await AskAsync(_film, request =>
        {
            request.Headers.Range = new RangeHeaderValue(10, 19);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        });
        var changed = await AskAsync(_film, request =>
        {
            request.Headers.Range = new RangeHeaderValue(10, 19);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"other\""));
        });

        Assert.Equal(HttpStatusCode.NotModified, known.Status);
        Assert.Equal(HttpStatusCode.PartialContent, continued.Status);
        Assert.Equal(HttpStatusCode.OK, changed.Status);
    }

    [Fact]
    public async Task HEAD_says_the_same_without_the_bytes()
    {
        var answer = await _owner.SendAsync(new HttpRequestMessage(HttpMethod.Head, MediaAddresses.Of(_film.Id)));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("200000", answer.Header("Content-Length"));
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task A_smaller_copy_is_made_once_in_the_form_the_browser_takes()
    {
        var variants = _site.Services.GetRequiredService<Variants>();
        var webp = await AskAsync(_photo, request => request.Headers.TryAddWithoutValidation("Accept", "image/avif,image/webp,*/*"), "?w=150");
        var again = await AskAsync(_photo, request => request.Headers.TryAddWithoutValidation("Accept", "image/webp"), "?w=160");
        var jpeg = await AskAsync(_photo, request => request.Headers.TryAddWithoutValidation("Accept", "image/png"), "?w=160");

        Assert.Equal("image/webp", webp.ContentType);
        Assert.Equal("image/jpeg", jpeg.ContentType);
        Assert.Contains("Accept", webp.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal(webp.Body, again.Body);
        Assert.Equal(2, variants.Made);
        Assert.NotEqual(webp.Header("ETag"), jpeg.Header("ETag"));
    }

    [Fact]
    public async Task Twenty_who_ask_at_once_get_one_that_was_made_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _owner.GetAsync(MediaAddresses.Of(_photo.Id, 320))));

        Assert.Equal(1, _site.Services.GetRequiredService<Variants>().Made);
    }

    [Fact]
    public async Task A_signed_address_opens_one_file_for_a_while()
    {
        var addresses = _site.Services.GetRequiredService<MediaAddresses>();
        var signed = addresses.Sign(_photo.Id, TimeSpan.FromMinutes(10));
        var stranger = _site.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(signed)).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(signed + "&w=160")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(signed.Replace(_photo.Id, _film.Id, StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(signed.Replace("until=", "until=9", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(signed[..^1])).Status);
        _site.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(signed)).Status);
    }

    [Fact]
    public async Task A_new_key_signs_after_a_month_and_the_last_one_is_still_believed()
    {
        var addresses = _site.Services.GetRequiredService<MediaAddresses>();
        var signed = addresses.Sign(_photo.Id, TimeSpan.FromDays(20));
        _site.Clock.Advance(TimeSpan.FromDays(31));
        var later = addresses.Sign(_photo.Id, TimeSpan.FromMinutes(10));
        var restarted = new MediaAddresses(new MediaKeys(_site.Folder, _site.Clock), _site.Clock);
        var old = addresses.Sign(_photo.Id, TimeSpan.FromDays(100));

        Assert.Equal(2, Directory.GetFiles(_site.Folder.Keys, "media-*.key").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.NewBrowser().GetAsync(signed)).Status);
        Assert.NotNull(RemainingOf(restarted, later));
        _site.Clock.Advance(TimeSpan.FromDays(31));
        Assert.NotNull(RemainingOf(addresses, old));
        Assert.Single(Directory.GetFiles(_site.Folder.Keys, "media-*.key"), path => path.Contains("20310404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_deleted_is_unreachable_at_once()
    {
        var signed = _site.Services.GetRequiredService<MediaAddresses>().Sign(_photo.Id, TimeSpan.FromMinutes(10));
        await _owner.GetAsync(MediaAddresses.Of(_photo.Id, 160));

        await _site.Services.GetRequiredService<MediaStore>().DeleteAsync(_photo.OwnerId, _photo.Id);

        foreach (var path in new[] { MediaAddresses.Of(_photo.Id), MediaAddresses.Of(_photo.Id, 160), signed })
            Assert.Equal(HttpStatusCode.NotFound, (await _owner.GetAsync(path)).Status);
    }

    private static TimeSpan? RemainingOf(MediaAddresses addresses, string signed)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(signed[signed.IndexOf('?', StringComparison.Ordinal)..]);
        return addresses.Remaining(signed.Split('?')[0]["/media/".Length..], query["until"], query["sign"]);
    }

    private Task<Answer> AskAsync(MediaItem item, Action<HttpRequestMessage> dress, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, MediaAddresses.Of(item.Id) + query);
        dress(request);
        return _owner.SendAsync(request);
    }
}
